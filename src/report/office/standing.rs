//! How somebody stands: whether they can sign in, and by what they are listed.

use super::frame::Frame;
use super::piece::pill;
use crate::report::html::Html;
use crate::text::office::people::PeopleSay;

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// They have left.
    Left,
    /// A device of theirs is signed in.
    SignedIn,
    /// They have a link that works, or one goes out by mail.
    Invited,
    /// None of it.
    NotInvited,
}

/// Who is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Who is here.
    #[default]
    Here,
    /// Who has left.
    Left,
    /// Who was added on the spot, and no admin has confirmed.
    OnlyMet,
}

impl Which {
    /// As the address says it; whatever it says otherwise is [`Self::Here`].
    pub fn read(text: &str) -> Self {
        match text {
            "left" => Self::Left,
            "met" => Self::OnlyMet,
            _ => Self::Here,
        }
    }

    /// As [`Self::read`] reads it.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Here => "",
            Self::Left => "left",
            Self::OnlyMet => "met",
        }
    }
}

/// Whether somebody can sign in, as a mark.
pub(super) fn access(frame: &Frame<'_>, access: Access) -> Html {
    let (class, words) = match access {
        Access::Left => ("pill", PeopleSay::HasLeft),
        Access::SignedIn => ("pill on", PeopleSay::SignedIn),
        Access::Invited => ("pill bright", PeopleSay::Invited),
        Access::NotInvited => ("pill", PeopleSay::NotInvited),
    };
    pill(class, frame.say(words))
}
