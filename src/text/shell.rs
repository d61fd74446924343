//! The sentences of the device itself: its language, its storage, what Lookfor is.
//!
//! Each sentence stands once, in both languages side by side.

use super::Language;

/// A sentence or label about the device or the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell<'a> {
    /// The name of the two buttons that choose a language.
    Languages,
    /// The way to the storage panel, and its heading.
    Storage,
    /// How large the store is, in bytes.
    Holds(u64),
    /// So many records are still to be sent.
    Waiting(u32),
    /// What happens to them.
    WaitingMeans,
    /// So many records were set aside.
    SetAside(u32),
    /// The heading above what keeps the store.
    HowLong,
    /// The browser promised to keep the store.
    Promised,
    /// The browser promised nothing.
    NotPromised,
    /// The store is a file.
    InAFile,
    /// The store is gone with the tab.
    InThisTab,
    /// The button that saves what is not on the server.
    SaveUnsent,
    /// What is in that file.
    SaveUnsentMeans,
    /// The way to what Lookfor is, and its heading.
    About,
    /// Which version this is.
    Version(&'a str),
    /// What Lookfor is.
    WhatItIs,
    /// The heading above where records go.
    WhereRecordsGo,
    /// Where records go: the server.
    RecordsGoTo(&'a str),
    /// The heading above the licence.
    Licence,
    /// What the licence allows.
    LicenceMeans,
}

/// Bytes in a megabyte, and in the tenth of one that is the smallest that is said.
const TENTH_OF_MEGABYTE: u64 = 100_000;

impl Language {
    /// Both languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The sentence in this language.
    pub fn shell(self, shell: Shell<'_>) -> String {
        let (english, spanish) = match shell {
            Shell::Holds(bytes) => {
                let tenths = bytes.div_ceil(TENTH_OF_MEGABYTE);
                let (whole, tenth) = (tenths / 10, tenths % 10);
                return self.pick(
                    format!("Your visits and what you may read take {whole}.{tenth} MB."),
                    format!("Sus visitas y lo que puede leer ocupan {whole}.{tenth} MB."),
                );
            }
            Shell::Waiting(0) => ("Everything is on the server.", "Todo está en el servidor."),
            Shell::Waiting(1) => (
                "One record is on this device only.",
                "Un registro está solo en este dispositivo.",
            ),
            Shell::Waiting(waiting) => {
                return self.pick(
                    format!("{waiting} records are on this device only."),
                    format!("{waiting} registros están solo en este dispositivo."),
                );
            }
            Shell::SetAside(1) => (
                "One record was set aside: the server can never take it as it is.",
                "Un registro quedó apartado: el servidor nunca podrá recibirlo como está.",
            ),
            Shell::SetAside(aside) => {
                return self.pick(
                    format!("{aside} records were set aside: the server can never take them as they are."),
                    format!("{aside} registros quedaron apartados: el servidor nunca podrá recibirlos como están."),
                );
            }
            Shell::Version(version) => {
                return self.pick(format!("Version {version}"), format!("Versión {version}"));
            }
            Shell::RecordsGoTo(server) => {
                return self.pick(
                    format!("What you record is written down on this device first. From here it goes to {server}, the server of your district, and to nobody else."),
                    format!("Lo que usted registra se escribe primero en este dispositivo. De aquí va a {server}, el servidor de su distrito, y a nadie más."),
                );
            }
            Shell::Languages => ("Language", "Idioma"),
            Shell::Storage => ("What is on this device", "Lo que hay en este dispositivo"),
            Shell::WaitingMeans => (
                "It goes by itself when there is a network and Lookfor is open.",
                "Se envía solo cuando hay red y Lookfor está abierto.",
            ),
            Shell::HowLong => ("How long it stays", "Cuánto tiempo se queda"),
            Shell::Promised => (
                "The browser has promised to keep it, also when the device runs out of room.",
                "El navegador ha prometido guardarlo, también cuando falte espacio en el dispositivo.",
            ),
            Shell::NotPromised => (
                "The browser has not promised to keep it: it may clear it when the device runs out of room. What is on the server is safe. Putting Lookfor on the home screen usually brings the promise.",
                "El navegador no ha prometido guardarlo: puede borrarlo cuando falte espacio en el dispositivo. Lo que está en el servidor está a salvo. Poner Lookfor en la pantalla de inicio suele traer la promesa.",
            ),
            Shell::InAFile => (
                "It is in a file of this device and stays until you remove it.",
                "Está en un archivo de este dispositivo y se queda hasta que usted lo quite.",
            ),
            Shell::InThisTab => (
                "This browser cannot keep anything: it is gone when this tab closes.",
                "Este navegador no puede guardar nada: se pierde al cerrar esta pestaña.",
            ),
            Shell::SaveUnsent => (
                "Save what is not on the server",
                "Guardar lo que no está en el servidor",
            ),
            Shell::SaveUnsentMeans => (
                "A file with these records and every word in them. Give it only to whoever looks after Lookfor in your district.",
                "Un archivo con estos registros y cada palabra que contienen. Déselo solo a quien se ocupa de Lookfor en su distrito.",
            ),
            Shell::About => ("About Lookfor", "Acerca de Lookfor"),
            Shell::WhatItIs => (
                "Lookfor collects short visits to classrooms, on a form made for one change idea. The teacher reads what was seen, and the team decides with it what to keep.",
                "Lookfor reúne visitas breves a los salones, con un formulario hecho para una idea de cambio. El docente lee lo que se vio, y el equipo decide con eso qué conservar.",
            ),
            Shell::WhereRecordsGo => ("Where records go", "A dónde van los registros"),
            Shell::Licence => ("Licence", "Licencia"),
            Shell::LicenceMeans => (
                "Lookfor is free software under the MIT licence: anybody may use it, read how it works, and change it. It comes without warranty.",
                "Lookfor es software libre bajo la licencia MIT: cualquiera puede usarlo, leer cómo funciona y cambiarlo. Se ofrece sin garantía.",
            ),
        };
        match self {
            Self::English => english.into(),
            Self::Spanish => spanish.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_new_store(65_536, "0.1 MB")]
    #[case::rounded_up(1_200_001, "1.3 MB")]
    #[case::large(12_300_000, "12.3 MB")]
    fn sizes_are_said_in_megabytes_with_one_decimal(#[case] bytes: u64, #[case] said: &str) {
        for language in Language::ALL {
            let sentence = language.shell(Shell::Holds(bytes));
            assert!(sentence.contains(said), "{sentence}");
        }
    }
}
