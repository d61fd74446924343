//! The mail that invites.

use super::sentences;

sentences! {
    /// The mail that invites.
    LetterSay {
        Invited: "You are invited to Lookfor", "Se le invita a Lookfor";
        InvitedMeans: "Your district uses Lookfor for short classroom visits that are feedback for a change idea, never an evaluation.", "Su distrito usa Lookfor para visitas breves a clases, que son retroalimentación para una idea de cambio y nunca una evaluación.";
        OpenIt: "Open this link on the phone, tablet or computer that you will use. It signs you in once, and works for 14 days.", "Abra este enlace en el teléfono, la tableta o la computadora que va a usar. Le da acceso una vez y funciona 14 días.";
        Private: "Whoever opens the link is signed in as you, so please do not forward this mail.", "Quien abra el enlace entra en su nombre; por favor, no reenvíe este correo.";
    }
}
