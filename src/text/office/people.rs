//! People: the list, one person, their posts, their invitation, two entries that are one.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The pages of people.
    PeopleSay {
        People: "People", "Personas";
        SearchName: "Name", "Nombre";
        SearchNameOrMail: "Name or mail address", "Nombre o correo";
        AllSites: "All schools", "Todas las escuelas";
        AtSite: "School", "Escuela";
        Show: "Show", "Mostrar";
        Here: "Who is here", "Quienes están";
        Left: "Who has left", "Quienes ya no están";
        Name: "Name", "Nombre";
        Mail: "Mail", "Correo";
        Does: "Does", "Función";
        Access: "Sign-in", "Acceso";
        SignedIn: "signed in", "con sesión";
        Invited: "invited", "con invitación";
        NotInvited: "not invited", "sin invitación";
        HasLeft: "has left", "ya no está";
        NoName: "(name erased)", "(nombre borrado)";
        NoPosts: "nothing yet", "nada todavía";
        NobodyYet: "Nobody is here yet. Add people one by one, or start a pilot with a pasted list.", "Todavía no hay nadie. Agregue personas una por una, o inicie un piloto con una lista pegada.";
        NobodyFound: "Nobody was found.", "No se encontró a nadie.";
        ReadOnly: "Only admins change people. Mail addresses are shown to admins alone.", "Solo administración cambia las personas y ve sus correos.";
        Add: "Add a person", "Agregar una persona";
        AddOne: "Add this person", "Agregar a esta persona";
        MailHint: "Where they are told that there is something to read. It may stay empty.", "Donde se les avisa que hay algo que leer. Puede quedar vacío.";
        LanguageOf: "Language in which they are written to", "Idioma en que se les escribe";
        English: "English", "Inglés";
        Spanish: "Spanish", "Español";
        FirstPost: "What they do", "Lo que hace";
        PostLater: "Decide later", "Decidir después";
        Where: "Where", "Dónde";
        WholeDistrict: "the whole district", "todo el distrito";
        WhereHint: "A school for teachers, principals and coaches; a change idea for pilot teachers.", "Una escuela para docentes, dirección y coaches; una idea de cambio para docentes piloto.";
        Ideas: "Change ideas", "Ideas de cambio";
        Details: "Name, mail, language", "Nombre, correo, idioma";
        Posts: "What they do", "Lo que hace";
        EndPost: "End", "Terminar";
        GivePost: "Give another post", "Dar otra función";
        Give: "Give it", "Dar";
        Invitation: "Invitation", "Invitación";
        InvitationMeans: "A link signs this person in, once, on the device where it is opened. It works for 14 days. A new one ends the one before.", "Un enlace da acceso a esta persona, una vez, en el dispositivo donde se abre. Funciona 14 días. Uno nuevo anula el anterior.";
        MakeLink: "Make a link", "Hacer un enlace";
        SendLink: "Send it by mail", "Enviar por correo";
        NoMailOfTheirs: "This person has no mail address, so hand the link over yourself.", "Esta persona no tiene correo; entregue usted el enlace.";
        NoMailHere: "This server sends no mail, so hand the link over yourself.", "Este servidor no envía correo; entregue usted el enlace.";
        MailWaits: "The mail is on its way.", "El correo va en camino.";
        MailGivenUp: "The mail could not be delivered. Check the address, or hand a link over.", "El correo no se pudo entregar. Revise la dirección o entregue un enlace.";
        LinkFor: "The link", "El enlace";
        LinkOnce: "It is shown this once. Copy it now and hand it to this person alone: whoever opens it is signed in as them.", "Se muestra solo esta vez. Cópielo ahora y entréguelo solo a esta persona: quien lo abra entra en su nombre.";
        BackToPerson: "Back to the person", "Volver a la persona";
        Devices: "Devices", "Dispositivos";
        NoDevices: "No device has signed in yet.", "Ningún dispositivo ha iniciado sesión.";
        Leaving: "Leaving", "Salida";
        LeavingMeans: "Marks the person as left: posts, devices and invitations end at once. What was recorded stays.", "Marca que la persona ya no está: sus funciones, dispositivos e invitaciones terminan enseguida. Lo registrado se queda.";
        MarkLeft: "Mark as left", "Marcar que ya no está";
        BackMeans: "This person has left. Bringing them back gives no posts, devices or invitations again.", "Esta persona ya no está. Traerla de vuelta no devuelve funciones, dispositivos ni invitaciones.";
        BringBack: "Mark as here again", "Marcar que está de vuelta";
        OnlyMet: "Not confirmed yet", "Sin confirmar";
        OnlyMetMeans: "Somebody who visits or leads improvement added this person. They can be visited and read what is written to them. They count as a teacher in figures, and read their team’s, once you confirm that you know them. Look at their mail address first. Whoever added them may have had their link: their devices are signed out, what was said on them until now counts for nothing, and they need a new link; unless you asked them and know that the devices are theirs. A record that was not sent yet stays on its device. If they stand in the list already, make the two entries one below.", "Alguien que visita o que dirige la mejora agregó a esta persona. Puede recibir visitas y leer lo que se le escribe. Cuenta como docente en las cifras, y lee las de su equipo, cuando usted confirma que la conoce. Mire antes su correo. Quien la agregó pudo tener su enlace: se cierra la sesión de sus dispositivos, lo que se dijo en ellos hasta ahora no cuenta, y necesita un enlace nuevo; salvo que usted le haya preguntado y sepa que los dispositivos son suyos. Un registro que aún no se envió se queda en su dispositivo. Si ya está en la lista, una los dos registros abajo.";
        Confirm: "I know this person", "Conozco a esta persona";
        DevicesAreTheirs: "I asked: the devices below are theirs and stay signed in", "Ya pregunté: los dispositivos de abajo son suyos y siguen con la sesión abierta";
        Twice: "Two entries for one person", "Dos registros de una persona";
        TwiceMeans: "If somebody stands twice in the list, such as after an import, make the two one.", "Si alguien aparece dos veces, como después de una importación, una los dos registros.";
        FindOther: "Find the other entry", "Buscar el otro registro";
        Same: "Same person", "Misma persona";
        MergeTitle: "One person, two entries", "Una persona, dos registros";
        MergeMeans: "Visits, feedback and devices of both will be one person's. If one of them was not confirmed yet, its devices are signed out, and what was said on them until now counts for nothing: then give the person a new link. If you know that it was them, confirm the entry first. Two that are both not confirmed cannot become one: confirm the right one first. This cannot be taken back.", "Las visitas, la retroalimentación y los dispositivos de ambos serán de una sola persona. Si uno de ellos aún no estaba confirmado, se cierra la sesión de sus dispositivos y lo que se dijo en ellos hasta ahora no cuenta: dele entonces a la persona un enlace nuevo. Si sabe que era esa persona, confirme antes el registro. Dos sin confirmar no se pueden unir: confirme primero el correcto. No se puede deshacer.";
        Stays: "This entry stays", "Este registro se queda";
        Goes: "This entry goes into it", "Este registro se une a él";
        Merge: "Make them one", "Unirlos";
        Yes: "Yes", "Sí";
        No: "No", "No";
    }
}

impl Language {
    /// How many people a list has.
    pub fn people_counted(self, people: u64) -> String {
        match (self, people) {
            (Self::English, 1) => "1 person".into(),
            (Self::English, people) => format!("{people} people"),
            (Self::Spanish, 1) => "1 persona".into(),
            (Self::Spanish, people) => format!("{people} personas"),
        }
    }

    /// A role at its place: "Teacher, Vista School".
    pub fn post_at(self, role: &str, place: &str) -> String {
        format!("{role}, {place}")
    }

    /// The name of the button that ends a post, for those who hear it.
    pub fn end_of(self, post: &str) -> String {
        match self {
            Self::English => format!("End: {post}"),
            Self::Spanish => format!("Terminar: {post}"),
        }
    }

    /// Until when a link works.
    pub fn link_until(self, day: &str) -> String {
        match self {
            Self::English => format!("It works until {day}."),
            Self::Spanish => format!("Funciona hasta el {day}."),
        }
    }

    /// That a link was made that still works.
    pub fn link_made(self, when: &str) -> String {
        match self {
            Self::English => {
                format!("A link made on {when} still works. Making another one ends it.")
            }
            Self::Spanish => {
                format!("Un enlace del {when} todavía funciona. Si hace otro, aquel termina.")
            }
        }
    }

    /// That the invitation was mailed.
    pub fn link_mailed(self, when: &str) -> String {
        match self {
            Self::English => format!("The mail was accepted on {when}."),
            Self::Spanish => format!("El correo se aceptó el {when}."),
        }
    }

    /// The heading of a fresh link.
    pub fn link_for(self, name: &str) -> String {
        match self {
            Self::English => format!("Invitation for {name}"),
            Self::Spanish => format!("Invitación para {name}"),
        }
    }
}
