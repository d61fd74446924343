//! Every sentence a person reads, in English and Spanish.
//!
//! A sentence is a variant of [`Say`]; each language answers every variant in one exhaustive match,
//! so a sentence that is missing in a language does not compile. [`card`] has the sentences of the light
//! card, [`card_voice`] those of what is said on it, [`walk`] those of a visit, [`agreed`] what the agreement says of it, [`undo`] what can be taken back, [`calendar`] days and times,
//! [`shell`] the device itself, [`likely`] why a class is likely now, [`recorded`]
//! what was recorded, [`feedback`] drafts made of it, [`lint`] words that judge, [`talk`] and [`spots`] what people
//! say to each other after a visit, [`voices`] what teachers say themselves, [`import`] what an import of files says of itself, [`forms`] what is wrong with
//! a form, [`office`] the pages of the office. Nothing here decides anything.

pub mod agreed;
pub mod agreement;
mod aside;
pub mod calendar;
pub mod card;
pub mod card_voice;
pub mod en;
pub mod es;
pub mod feedback;
pub mod forms;
pub mod import;
pub mod likely;
pub mod lint;
pub mod office;
pub mod recorded;
pub mod shell;
pub mod spots;
pub mod talk;
pub mod undo;
pub mod voices;
pub mod walk;

use crate::domain::collect::look_for::Bilingual;
use crate::domain::problem::Problem;

/// A language that a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The best language for a list of language tags such as `es-MX`, most wanted first.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter()
            .find_map(|tag| match tag.split('-').next() {
                Some("en") => Some(Self::English),
                Some("es") => Some(Self::Spanish),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The tag of the language, for `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The sentence in this language.
    pub fn say(self, say: &Say<'_>) -> String {
        match self {
            Self::English => en::say(say),
            Self::Spanish => es::say(say),
        }
    }

    /// What went wrong and what to do, in this language.
    pub fn problem(self, problem: &Problem) -> String {
        match self {
            Self::English => en::problem(problem),
            Self::Spanish => es::problem(problem),
        }
    }

    /// The words of a form in this language.
    pub fn of(self, words: &Bilingual) -> &str {
        match self {
            Self::English => &words.en,
            Self::Spanish => &words.es,
        }
    }
}

/// A sentence or label, with what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say<'a> {
    /// The visit's heading.
    Visit(u32),
    /// Rating: seen.
    Seen,
    /// Rating: partly.
    Partly,
    /// Rating: not seen.
    NotSeen,
    /// Rating: not the moment.
    NotTheMoment,
    /// Component: adults.
    Adults,
    /// Component: students.
    Students,
    /// Component: outcome.
    Outcome,
    /// Every tap of the draft is committed.
    Kept,
    /// Every tap is committed, but only to memory.
    KeptInThisTab,
    /// A tap is not committed yet.
    Keeping,
    /// The last tap was not kept.
    NotKept,
    /// The button that submits.
    Done,
    /// How to take a rating away.
    TapAgainToClear,
    /// The list has no visits yet.
    NoVisitsYet,
    /// The button that shows older visits.
    OlderVisits,
    /// Whereabouts: only here.
    OnThisDevice,
    /// Whereabouts: only here, and only until the tab closes.
    InThisTab,
    /// Whereabouts: on its way.
    Sending,
    /// Whereabouts: on the server.
    OnTheServer,
    /// Whereabouts: set aside.
    SetAside,
    /// What "set aside" means for the record.
    SetAsideMeans,
    /// The button that saves a copy of a record.
    SaveCopy,
    /// The button that sends a record again.
    TryAgain,
    /// The button that hides a message.
    Close,
    /// A visit was finished; the next can begin.
    Written(u32),
    /// A tap could not be kept, and why.
    TapLost(&'a str),
    /// The visit could not be submitted, and why.
    NotSubmitted(&'a str),
    /// The heading when another tab holds the store.
    OpenElsewhere,
    /// What to do then.
    OpenElsewhereMeans,
    /// The button that takes the store over.
    UseHere,
    /// The heading when another tab took over.
    MovedElsewhere,
    /// What to do then.
    MovedElsewhereMeans,
    /// The heading when the store does not open.
    DoesNotOpen,
    /// The heading of the warning that nothing can be kept here.
    NotKeptHere,
    /// What that means.
    NotKeptHereMeans,
    /// The heading when a newer version is ready.
    UpdateReady,
    /// What the update changes.
    UpdateReadyMeans,
    /// The button that takes the update.
    Update,
    /// What a visit is, and is not.
    Formative,

    // Who sits at the device.
    /// The heading when nobody has signed in.
    NeedInvitation,
    /// Where an invitation comes from.
    NeedInvitationMeans,
    /// The label of the field for a code or a link.
    CodeOrLink,
    /// What the code looks like and where to find it.
    CodeOrLinkMeans,
    /// The button that signs in.
    SignIn,
    /// The heading on a link's page.
    Invited,
    /// Which server the link is of.
    InvitedTo(&'a str),
    /// Somebody else is signed in here; both keep their own.
    InvitedBeside(&'a str),
    /// The button on a link's page.
    SignInHere,
    /// The button that puts a link away.
    NotNow,
    /// A sign-in is being asked for.
    SigningIn,
    /// The heading when there is no network to sign in with.
    NoNetwork,
    /// What happens then.
    NoNetworkMeans,
    /// The heading for somebody who signed out here.
    SignedOut(&'a str),
    /// What that means for what they recorded.
    SignedOutMeans,
    /// The heading of the notice that the sign-in was ended.
    SignInAgain,
    /// What that means.
    SignInAgainMeans,
    /// The heading of the notice in a store from before the sign-in.
    NotSignedInYet,
    /// What that means.
    NotSignedInYetMeans,
    /// The heading of the notice that Lookfor is too old for its server.
    UpdateNeeded,
    /// What that means.
    UpdateNeededMeans,
    /// The button that leads back.
    Back,
    /// The way to a code for another device.
    AnotherDevice,
    /// What the code is for.
    AnotherDeviceMeans,
    /// The button that asks for a code.
    ShowCode,
    /// Until when a code can be used, in hours and minutes of the wall clock.
    CodeUntil(u8, u8),
    /// The way to the other people on this device.
    AnotherPerson,
    /// What each person keeps.
    AnotherPersonMeans,
    /// This one is in use.
    InUse,
    /// The button that goes on as a person.
    GoOnAs(&'a str),
    /// The heading above the field for somebody new.
    SomebodyNew,
    /// The way to the agreement.
    Agreement,
    /// What the agreement is.
    AgreementMeans,
    /// No agreement has come yet.
    NoAgreementYet,
    /// From when it holds: version, day, month, year.
    AgreementFrom(u32, u32, u32, i32),
    /// The way to the pages of the office.
    Office,
    /// The way out.
    SignOut,
    /// How many records are not on the server yet; none.
    Unsent(u32),
    /// What signing out does.
    SignOutMeans,
    /// The button that sends what is waiting.
    SendNow,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_tablet_in_mexico(&["es-MX", "en"], Language::Spanish)]
    #[case::the_first_that_is_known(&["fr-CA", "es"], Language::Spanish)]
    #[case::none_that_is_known(&["fr"], Language::English)]
    #[case::nothing(&[], Language::English)]
    fn the_language_is_the_most_wanted_that_there_is(
        #[case] tags: &[&str],
        #[case] best: Language,
    ) {
        assert_eq!(Language::best(tags.iter().copied()), best);
    }
}
