//! Devices.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The page of devices.
    DevicesSay {
        Devices: "Devices", "Dispositivos";
        Means: "Every device that signed in, and whose it is. End one that was lost or belongs to nobody any more: it can then read and send nothing. What it has not sent stays on it.", "Cada dispositivo que inició sesión y de quién es. Cierre la sesión de uno que se perdió o que ya no es de nadie: desde ese momento no puede leer ni enviar nada. Lo que no envió se queda en él.";
        Person: "Person", "Persona";
        Device: "Device", "Dispositivo";
        SignedInOn: "Signed in", "Inició sesión";
        SeenOn: "Last heard of", "Última señal";
        EndedOn: "Ended", "Se cerró";
        SignedIn: "Signed in", "Con sesión";
        Ended: "Ended", "Con la sesión cerrada";
        End: "End", "Cerrar sesión";
        None: "No device is signed in.", "Ningún dispositivo tiene sesión.";
        NoneFound: "No device was found.", "No se encontró ningún dispositivo.";
        This: "this session", "esta sesión";
    }
}

impl Language {
    /// How many devices a list has.
    pub fn devices_counted(self, devices: u64) -> String {
        match (self, devices) {
            (Self::English, 1) => "1 device".into(),
            (Self::English, devices) => format!("{devices} devices"),
            (Self::Spanish, 1) => "1 dispositivo".into(),
            (Self::Spanish, devices) => format!("{devices} dispositivos"),
        }
    }

    /// The name of the button that ends a device, for those who hear it.
    pub fn end_device(self, label: &str, name: &str) -> String {
        match self {
            Self::English => format!("End {label} of {name}"),
            Self::Spanish => format!("Cerrar la sesión de {label} de {name}"),
        }
    }
}
