//! A pilot without IT.

use super::sentences;
use crate::domain::pasted::Unread;
use crate::text::Language;

sentences! {
    /// The pages of a pilot.
    PilotSay {
        Title: "Start a pilot", "Iniciar un piloto";
        Means: "Two to five teachers who try one change idea. This adds them, gives them their posts, and makes their invitations.", "De dos a cinco docentes que prueban una idea de cambio. Esto los agrega, les da su función y hace sus invitaciones.";
        Teachers: "Teachers, one on each line", "Docentes, uno en cada línea";
        TeachersHint: "Up to five: name and mail address, such as “Ana Núñez, ana@school.org”. Paste them as you have them, also from a spreadsheet or a mail. Without an address you hand the link over yourself.", "Hasta cinco: nombre y correo, por ejemplo «Ana Núñez, ana@escuela.org». Péguelos como los tenga, también de una hoja de cálculo o de un correo. Sin correo, usted entrega el enlace.";
        School: "School", "Escuela";
        NewSchool: "another school, named below", "otra escuela, con el nombre de abajo";
        SchoolName: "Or the name of a new school", "O el nombre de una escuela nueva";
        Idea: "Change idea", "Idea de cambio";
        LanguageOf: "Language of their invitations", "Idioma de sus invitaciones";
        Start: "Start the pilot", "Iniciar el piloto";
        NoLines: "Write at least one teacher.", "Escriba el nombre de al menos un docente.";
        TooMany: "At most five. A pilot is small so that it can be learned from; others join when it spreads.", "Cinco como máximo. Un piloto es pequeño para aprender de él; otros se suman cuando se extiende.";
        NoSchool: "Choose a school, or name a new one.", "Elija una escuela o nombre una nueva.";
        NoIdea: "Choose a change idea.", "Elija una idea de cambio.";
        Ready: "The pilot is ready", "El piloto está listo";
        LinksOnce: "These links are shown this once. Hand each to its teacher alone: whoever opens one is signed in as that teacher. Each works once, for 14 days.", "Estos enlaces se muestran solo esta vez. Entregue cada uno solo a su docente: quien abra uno entra en su nombre. Cada uno funciona una vez, durante 14 días.";
        HandOver: "Links to hand over", "Enlaces para entregar";
        Print: "To print them, use your browser's own command; each link gets a strip of its own.", "Para imprimirlos use el comando de su navegador; cada enlace sale en su propia tira.";
        Mailed: "Invited by mail", "Invitados por correo";
        MailedMeans: "The mails go out in the next minute. If one does not arrive, make a link on the person's page.", "Los correos salen en el próximo minuto. Si alguno no llega, haga un enlace en la página de la persona.";
        Joined: "Already in Lookfor", "Ya están en Lookfor";
        JoinedMeans: "They are in the team now. If one cannot sign in, an admin makes a link on the person's page.", "Ya están en el equipo. Si alguien no puede entrar, administración hace un enlace en la página de la persona.";
        ToConfirm: "Whomever you added can sign in, be visited and read what is written to them. In figures they count once an admin confirms them on their page; until then they do not see the team’s figures.", "Las personas que usted agregó pueden entrar, recibir visitas y leer lo que se les escribe. Cuentan en las cifras cuando administración las confirma en su página; hasta entonces no ven las cifras del equipo.";
        Next: "What happens next", "Lo que sigue";
        Next1: "Each teacher opens the link on a phone or tablet, and signs in with one tap.", "Cada docente abre el enlace en un teléfono o una tableta y entra con un toque.";
        Next2: "Whoever visits opens Lookfor and starts with the change idea. The first visit can begin now.", "Quien visita abre Lookfor y empieza con la idea de cambio. La primera visita puede empezar ya.";
        Next3: "Each teacher reads the agreement in the menu. Look at it once yourself before you hand over the links.", "Cada docente lee el acuerdo en el menú. Mírelo usted antes de entregar los enlaces.";
        ReadAgreement: "Read the agreement", "Leer el acuerdo";
        ToOverview: "To the overview", "Al resumen";
        OpenLink: "Open this address in the browser of your phone or tablet:", "Abra esta dirección en el navegador de su teléfono o tableta:";
        Invited: "You are invited to Lookfor", "Se le invita a Lookfor";
    }
}

impl Language {
    /// Why a pasted line cannot be read, with its number; 0 for one of all lines.
    pub fn unread_line(self, line: usize, why: Unread) -> String {
        if line == 0 {
            let some = match self {
                Self::English => {
                    "At least one of these people can be put into a team by an admin only: you can add whoever teaches and does nothing else, and not yourself. Ask an admin to start this pilot."
                }
                Self::Spanish => {
                    "Al menos una de estas personas solo puede ponerla en un equipo administración: usted puede agregar a quien enseña y no hace nada más, y no a usted. Pida a administración que inicie este piloto."
                }
            };
            return some.into();
        }
        let (english, spanish) = match why {
            Unread::NoName => ("there is no name", "no hay nombre"),
            Unread::TwoAddresses => (
                "there is more than one mail address",
                "hay más de un correo",
            ),
            Unread::NoAddress => (
                "the mail address is not complete",
                "el correo no está completo",
            ),
            Unread::TooLong => ("the name is too long", "el nombre es demasiado largo"),
            Unread::Twice => (
                "the same person or mail address stands on a line above",
                "la misma persona o el mismo correo está en una línea anterior",
            ),
            Unread::OnlyAdmin => (
                "only an admin can put this person into a team",
                "solo administración puede poner a esta persona en un equipo",
            ),
            Unread::HasLeft => (
                "this person is marked as having left; an admin can bring them back",
                "esta persona está marcada como que ya no está; administración puede traerla de vuelta",
            ),
        };
        match self {
            Self::English => format!("Line {line}: {english}."),
            Self::Spanish => format!("Línea {line}: {spanish}."),
        }
    }
}
