//! The sentences in Spanish, as schools in the Americas speak it.

use super::Say;
use crate::domain::problem::Problem;

/// The sentence in Spanish.
pub fn say(say: &Say<'_>) -> String {
    let fixed = match say {
        Say::Visit(visit) => return format!("Visita {visit}"),
        Say::Written(visit) => return format!("La visita {visit} está escrita"),
        Say::TapLost(why) => return format!("Su último toque no se guardó. {why}"),
        Say::NotSubmitted(why) => return format!("La visita no se terminó. {why}"),
        Say::Seen => "Visto",
        Say::Partly => "En parte",
        Say::NotSeen => "No visto",
        Say::NotTheMoment => "no era el momento",
        Say::Adults => "adultos",
        Say::Students => "estudiantes",
        Say::Outcome => "resultado",
        Say::Kept => "guardado",
        Say::KeptInThisTab => "hasta cerrar la pestaña",
        Say::Keeping => "guardando",
        Say::NotKept => "sin guardar",
        Say::Done => "Listo",
        Say::TapAgainToClear => {
            "Toque otra vez una opción para quitarla. «No era el momento» quiere decir que ahora no se podía ver: no cuenta ni a favor ni en contra."
        }
        Say::NoVisitsYet => "Aquí aparecen las visitas terminadas y dónde está cada una.",
        Say::OlderVisits => "Visitas anteriores",
        Say::OnThisDevice => "en este dispositivo",
        Say::InThisTab => "solo en esta pestaña",
        Say::Sending => "enviando",
        Say::OnTheServer => "en el servidor",
        Say::SetAside => "queda aparte",
        Say::SetAsideMeans => {
            "Se queda en este dispositivo y no detiene nada más. Guarde una copia y désela a quien se ocupa de Lookfor en su distrito."
        }
        Say::SaveCopy => "Guardar una copia",
        Say::TryAgain => "Intentar de nuevo",
        Say::Close => "Cerrar",
        Say::OpenElsewhere => "Lookfor está abierto en otra pestaña o ventana",
        Say::OpenElsewhereMeans => {
            "Solo una a la vez guarda las visitas. Cierre la otra o siga aquí; no se pierde nada en ningún caso."
        }
        Say::UseHere => "Usarlo aquí",
        Say::MovedElsewhere => "Usted siguió en otra pestaña",
        Say::MovedElsewhereMeans => "Todo lo que registró aquí está guardado y ahora está allí.",
        Say::DoesNotOpen => "Lookfor no puede abrir su almacén",
        Say::NotKeptHere => "Este navegador no puede guardar visitas",
        Say::NotKeptHereMeans => {
            "Lo que registre se pierde al cerrar esta pestaña, salvo que diga «en el servidor». La causa usual es una ventana privada: abra Lookfor en una normal."
        }
        Say::UpdateReady => "Hay una versión nueva",
        Say::UpdateReadyMeans => "Tarda un segundo. Su visita queda como está.",
        Say::Update => "Actualizar ahora",
        Say::Formative => {
            "Una visita da retroalimentación a una idea de cambio; nunca evalúa a un docente."
        }
        Say::NeedInvitation => "Necesita una invitación",
        Say::NeedInvitationMeans => {
            "Quien administra Lookfor en su distrito le envía un enlace. Ábralo en este dispositivo o escriba el código que muestra otro dispositivo suyo."
        }
        Say::CodeOrLink => "Código o enlace",
        Say::CodeOrLinkMeans => "Un código tiene ocho letras y números, como 7KQ4-M2XW.",
        Say::SignIn => "Iniciar sesión",
        Say::Invited => "Le damos la bienvenida a Lookfor",
        Say::InvitedTo(server) => {
            return format!("Tiene una invitación al distrito que usa {server}.");
        }
        Say::InvitedBeside(name) => {
            return format!(
                "{name} ya usa este dispositivo. Aquí cada persona tiene su propio almacén; nada se mezcla."
            );
        }
        Say::SignInHere => "Iniciar sesión en este dispositivo",
        Say::NotNow => "Ahora no",
        Say::SigningIn => "Iniciando sesión…",
        Say::NoNetwork => "Todavía no hay red",
        Say::NoNetworkMeans => {
            "El primer inicio de sesión necesita la red. Lookfor lo intenta otra vez solo; después funciona sin ella."
        }
        Say::SignedOut(name) => return format!("{name} cerró su sesión"),
        Say::SignedOutMeans => {
            "Lo que se registró se queda en este dispositivo. Lo que aún no está en el servidor sale después del próximo inicio de sesión."
        }
        Say::SignInAgain => "Inicie sesión otra vez para enviar",
        Say::SignInAgainMeans => {
            "La sesión de este dispositivo se cerró. Puede seguir registrando; todo se guarda hasta que inicie sesión."
        }
        Say::NotSignedInYet => "Inicie sesión para enviar",
        Say::NotSignedInYetMeans => {
            "Sus visitas están guardadas en este dispositivo. Van al servidor cuando usted inicie sesión."
        }
        Say::UpdateNeeded => "Actualice Lookfor para enviar",
        Say::UpdateNeededMeans => {
            "El servidor habla un idioma más nuevo que esta versión. Sus visitas están guardadas; recargue cuando pueda."
        }
        Say::Back => "Volver",
        Say::AnotherDevice => "Código para otro dispositivo",
        Say::AnotherDeviceMeans => {
            "Abra Lookfor en su otro dispositivo y escriba allí este código. Sirve una sola vez."
        }
        Say::ShowCode => "Mostrar un código",
        Say::CodeUntil(hour, minute) => {
            return format!(
                "Sirve hasta las {}",
                super::Language::Spanish.clock((*hour, *minute))
            );
        }
        Say::AnotherPerson => "Usar como otra persona",
        Say::AnotherPersonMeans => {
            "Cada persona tiene su propio almacén en este dispositivo. Cambiar no envía ni borra nada."
        }
        Say::InUse => "en uso",
        Say::GoOnAs(name) => return format!("Seguir como {name}"),
        Say::SomebodyNew => "Alguien más",
        Say::Agreement => "Lo que se acordó",
        Say::AgreementMeans => {
            "Lookfor cumple lo que acordaron su distrito y sus docentes. Esto es todo, en palabras sencillas."
        }
        Say::NoAgreementYet => {
            "El acuerdo todavía no llega a este dispositivo. Llega con la próxima conexión."
        }
        Say::AgreementFrom(version, day, month, year) => {
            return format!("Versión {version}, desde el {day}/{month}/{year}.");
        }
        Say::Office => "Oficina",
        Say::SignOut => "Cerrar sesión",
        Say::Unsent(0) => "Todo está en el servidor.",
        Say::Unsent(1) => "1 visita todavía no está en el servidor.",
        Say::Unsent(unsent) => {
            return format!("{unsent} visitas todavía no están en el servidor.");
        }
        Say::SignOutMeans => {
            "No se borra nada. Sus visitas se quedan en su almacén en este dispositivo; lo que falta sale cuando inicie sesión aquí otra vez."
        }
        Say::SendNow => "Enviar ahora",
    };
    fixed.into()
}

/// What went wrong and what to do, in Spanish.
pub fn problem(problem: &Problem) -> String {
    let fixed = match problem {
        Problem::UnknownForm { form, version } => {
            return format!(
                "Este dispositivo no tiene la versión {version} del formulario «{form}». Conéctese una vez a la red e intente de nuevo."
            );
        }
        Problem::UnknownLookFor { look_for } => {
            return format!(
                "El formulario no tiene el indicador «{look_for}». Recargue la página."
            );
        }
        Problem::DoesNotFit { look_for } => {
            return format!(
                "El formulario no admite esto en «{look_for}». Vuelva a cargar la página."
            );
        }
        Problem::StoreIsNewer { .. } => {
            "En este dispositivo se usó una versión más nueva de Lookfor. Actualice Lookfor y ábralo otra vez; sus visitas están intactas."
        }
        Problem::StoreFailed { detail } => {
            return format!(
                "El almacenamiento de este dispositivo dio un error ({detail}). Recargue la página; si se repite, reinicie el dispositivo."
            );
        }
        Problem::Malformed { place, reason } => {
            return format!("El servidor no pudo leerlo: {place}: {reason}.");
        }
        Problem::TooLarge { place, limit_bytes } => {
            return format!("{place} pasa de {} kB.", limit_bytes / 1024);
        }
        Problem::TooMany { limit } => {
            return format!("Más de {limit} registros a la vez, o sobre una misma cosa.");
        }
        Problem::TooManyTries { wait_s } => {
            return format!("Demasiados intentos. Espere {wait_s} segundos e inténtelo otra vez.");
        }
        Problem::AgreementSaysNo { field } => {
            return format!("El acuerdo de su distrito no lo permite ({field}).");
        }
        Problem::LeaversNeedConsent { people, classes } => {
            return format!(
                "{people} personas quedarían como que ya se fueron y {classes} clases como terminadas: más de un tercio. Confírmelo también, o revise el archivo."
            );
        }
        Problem::ProtocolVersion { known, got } => {
            return format!(
                "El servidor habla la versión {known} y este dispositivo la {got}. Actualice Lookfor."
            );
        }
        Problem::NothingRecorded => "Todavía no hay nada marcado.",
        Problem::UnknownDraft => "Esta visita no está en este dispositivo.",
        Problem::AlreadySubmitted => "Esta visita ya está terminada. Empiece la siguiente.",
        Problem::OutOfOrder { .. } => {
            "Un toque anterior no se guardó. Márquelo otra vez, por favor."
        }
        Problem::StoreFull => {
            "En este dispositivo no queda espacio. Libere un poco, por ejemplo fotos viejas, y márquelo otra vez."
        }
        Problem::OpenElsewhere => "Lookfor está abierto en otra pestaña o ventana.",
        Problem::TakenOver => "Usted siguió en otra pestaña.",
        Problem::SomebodyElse => "Otra persona sigue con Lookfor en este dispositivo.",
        Problem::NotJson => "La petición no es JSON.",
        Problem::WordsDiffer => "Las palabras cambiaron en el camino.",
        Problem::IdTaken => "El servidor tiene otro registro con el mismo identificador.",
        Problem::NumberTaken => {
            "Otra copia del almacén de este dispositivo ya envió un registro con este número."
        }
        Problem::NoAnswer => "El servidor no responde. Revise la red e inténtelo otra vez.",
        Problem::NotSignedIn => {
            "Inicie sesión otra vez en este dispositivo. Lo que anotó está guardado y saldrá después."
        }
        Problem::NotAllowed => {
            "Esto no está abierto para usted. Pregunte a quien administra Lookfor en su distrito."
        }
        Problem::NotTheAuthor => {
            "Este registro lo hizo otra persona, no la que tiene la sesión abierta aquí."
        }
        Problem::SecretUnknown => "Este enlace o código ya se usó o venció. Pida uno nuevo.",
        Problem::PredictionFirst => {
            "Primero cierre la predicción de este ciclo: lo que esperan, antes de que cuente la primera visita."
        }
        Problem::NotTheNextStep => "Desde donde está, la idea de cambio no pasa a ese estado.",
        Problem::ImportBlocked => {
            "Estos archivos no se pueden tomar. La lista dice qué corregir; después envíelos otra vez."
        }
        Problem::NotFound => "No hay nada en esta dirección.",
        Problem::MethodNotAllowed => "Esta dirección no acepta ese tipo de petición.",
        Problem::ServerFailed => "El servidor falló. No se cambió nada; intente más tarde.",
        Problem::Unheard => {
            "El servidor dio una razón que esta versión no conoce. Actualice Lookfor."
        }
    };
    fixed.into()
}
