//! Data and backups.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The page of data and backups.
    DataSay {
        Title: "Data and backups", "Datos y copias";
        Where: "Where the data is", "Dónde están los datos";
        Folder: "Folder on the server", "Carpeta en el servidor";
        Size: "Size of the store", "Tamaño de la base de datos";
        Newest: "Newest backup", "Copia más nueva";
        NoneYet: "none yet", "todavía ninguna";
        Make: "Make a backup now", "Hacer una copia ahora";
        Backups: "Backups", "Copias";
        Means: "Lookfor makes one each day by itself while it runs, and keeps the newest seven, in the folder “backups” beside the store. That is the same disk: have your own backup of the machine take that folder too, or download one to another place.", "Lookfor hace una cada día por sí mismo mientras funciona y conserva las siete más nuevas, en la carpeta «backups» junto a la base de datos. Es el mismo disco: haga que la copia de su máquina incluya esa carpeta, o descargue una a otro lugar.";
        Made: "Made", "Hecha";
        SizeOfIt: "Size", "Tamaño";
        Download: "Download", "Descargar";
        DownloadMeans: "A backup holds everything, the words of every visit included, which this office never shows. Keep it where nobody reads it, and delete it when you do not need it any more.", "Una copia lo contiene todo, incluidas las palabras de cada visita, que esta oficina no muestra nunca. Guárdela donde nadie la lea y bórrela cuando ya no la necesite.";
        Restore: "To bring a backup back", "Para recuperar una copia";
        Restore1: "End the server.", "Detenga el servidor.";
        Restore2: "Put the backup in the data folder as “lookfor.sqlite”, and remove “lookfor.sqlite-wal” and “lookfor.sqlite-shm”.", "Ponga la copia en la carpeta de datos como «lookfor.sqlite» y quite «lookfor.sqlite-wal» y «lookfor.sqlite-shm».";
        Restore3: "Start the server once with --rebuild. Devices then fetch everything again.", "Inicie el servidor una vez con --rebuild. Los dispositivos vuelven a traer todo.";
        RestoreGaps: "What devices sent after that backup stays on them and does not come back by itself, and who signed in after it signs in again.", "Lo que los dispositivos enviaron después de esa copia se queda en ellos y no vuelve solo; quien inició sesión después, la inicia otra vez.";
        Erased: "What was erased", "Lo que se borró";
        ErasedMeans: "A backup still holds what was erased after it was made. While the server runs, those kept here are replaced within about a week; downloaded ones are yours to delete. After bringing one back, erase again what was erased since.", "Una copia todavía contiene lo que se borró después de hacerla. Mientras el servidor funciona, las de aquí se reemplazan en cerca de una semana; las descargadas las borra usted. Después de recuperar una, borre otra vez lo que se borró desde entonces.";
        Mail: "Mail", "Correo";
        MailOn: "Mail is set up: teachers are told that something waits for them, and invitations can go out by mail.", "El correo está configurado: se avisa a los docentes que algo les espera y las invitaciones pueden salir por correo.";
        MailOff: "Mail is not set up. Whoever runs the server starts it with these options; docs/notice.md explains them.", "El correo no está configurado. Quien lleva el servidor lo inicia con estas opciones; docs/notice.md las explica.";
        Failed: "The backup could not be made. Look into the server's log; the disk may be full.", "No se pudo hacer la copia. Revise el registro del servidor; quizá el disco está lleno.";
    }
}

impl Language {
    /// A size in bytes, as people read it.
    pub fn size(self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        let mut size = bytes as f64 / 1000.0;
        let mut unit = 0;
        while size >= 1000.0 && unit + 1 < UNITS.len() {
            size /= 1000.0;
            unit += 1;
        }
        let name = UNITS.get(unit).copied().unwrap_or("TB");
        let number = match size < 10.0 {
            true => format!("{size:.1}"),
            false => format!("{size:.0}"),
        };
        match self {
            Self::English => format!("{number} {name}"),
            Self::Spanish => format!("{} {name}", number.replace('.', ",")),
        }
    }

    /// The name of the button that downloads a backup, for those who hear it.
    pub fn download_of(self, when: &str) -> String {
        match self {
            Self::English => format!("Download the backup of {when}"),
            Self::Spanish => format!("Descargar la copia del {when}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::small(900, "0.9 kB", "0,9 kB")]
    #[case::middle(12_345_678, "12 MB", "12 MB")]
    #[case::large(3_400_000_000, "3.4 GB", "3,4 GB")]
    fn a_size_is_said_in_the_unit_that_fits(
        #[case] bytes: u64,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        assert_eq!(Language::English.size(bytes), english);
        assert_eq!(Language::Spanish.size(bytes), spanish);
    }
}
