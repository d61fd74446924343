//! The sentences in English.

use super::Say;
use crate::domain::problem::Problem;

/// The sentence in English.
pub fn say(say: &Say<'_>) -> String {
    let fixed = match say {
        Say::Visit(visit) => return format!("Visit {visit}"),
        Say::Written(visit) => return format!("Visit {visit} is written"),
        Say::TapLost(why) => return format!("Your last tap was not kept. {why}"),
        Say::NotSubmitted(why) => return format!("The visit was not finished. {why}"),
        Say::Seen => "Seen",
        Say::Partly => "Partly",
        Say::NotSeen => "Not seen",
        Say::NotTheMoment => "not the moment",
        Say::Adults => "adults",
        Say::Students => "students",
        Say::Outcome => "outcome",
        Say::Kept => "kept",
        Say::KeptInThisTab => "until the tab closes",
        Say::Keeping => "keeping",
        Say::NotKept => "not kept",
        Say::Done => "Done",
        Say::TapAgainToClear => {
            "Touch a choice again to clear it. “Not the moment” means that it could not be seen now: it counts neither way."
        }
        Say::NoVisitsYet => "Finished visits appear here, with where each of them is.",
        Say::OlderVisits => "Older visits",
        Say::OnThisDevice => "on this device",
        Say::InThisTab => "in this tab only",
        Say::Sending => "sending",
        Say::OnTheServer => "on the server",
        Say::SetAside => "set aside",
        Say::SetAsideMeans => {
            "It stays on this device and holds up nothing else. Save a copy and give it to whoever looks after Lookfor in your district."
        }
        Say::SaveCopy => "Save a copy",
        Say::TryAgain => "Try again",
        Say::Close => "Close",
        Say::OpenElsewhere => "Lookfor is open in another tab or window",
        Say::OpenElsewhereMeans => {
            "Visits are kept by one at a time. Close the other one, or go on here; nothing is lost either way."
        }
        Say::UseHere => "Use it here",
        Say::MovedElsewhere => "You went on in another tab",
        Say::MovedElsewhereMeans => "Everything you recorded here is kept and is there now.",
        Say::DoesNotOpen => "Lookfor cannot open its store",
        Say::NotKeptHere => "This browser cannot keep visits",
        Say::NotKeptHereMeans => {
            "What you record is lost when this tab closes, unless it says “on the server”. A private window is the usual cause: open Lookfor in an ordinary one."
        }
        Say::UpdateReady => "A new version is ready",
        Say::UpdateReadyMeans => "It takes a second. Your visit stays as it is.",
        Say::Update => "Update now",
        Say::Formative => {
            "A visit is feedback for a change idea, never an evaluation of a teacher."
        }
        Say::NeedInvitation => "You need an invitation",
        Say::NeedInvitationMeans => {
            "Whoever looks after Lookfor in your district sends you a link. Open it on this device, or type the code that another device of yours shows."
        }
        Say::CodeOrLink => "Code or link",
        Say::CodeOrLinkMeans => "A code has eight letters and digits, such as 7KQ4-M2XW.",
        Say::SignIn => "Sign in",
        Say::Invited => "Welcome to Lookfor",
        Say::InvitedTo(server) => {
            return format!("You are invited to the district that {server} serves.");
        }
        Say::InvitedBeside(name) => {
            return format!(
                "{name} uses this device already. Each person has a store of their own here; nothing is mixed."
            );
        }
        Say::SignInHere => "Sign in on this device",
        Say::NotNow => "Not now",
        Say::SigningIn => "Signing in…",
        Say::NoNetwork => "No network yet",
        Say::NoNetworkMeans => {
            "The first sign-in needs the network. Lookfor tries again by itself; after that it works without one."
        }
        Say::SignedOut(name) => return format!("{name} signed out"),
        Say::SignedOutMeans => {
            "What was recorded stays on this device. What is not on the server yet goes out after the next sign-in."
        }
        Say::SignInAgain => "Sign in again to send",
        Say::SignInAgainMeans => {
            "This device's sign-in was ended. You can go on recording; everything is kept until you sign in."
        }
        Say::NotSignedInYet => "Sign in to send",
        Say::NotSignedInYetMeans => {
            "Your visits are kept on this device. They go to the server when you have signed in."
        }
        Say::UpdateNeeded => "Update Lookfor to send",
        Say::UpdateNeededMeans => {
            "The server speaks a newer language than this version. Your visits are kept; reload when you can."
        }
        Say::Back => "Back",
        Say::AnotherDevice => "Code for another device",
        Say::AnotherDeviceMeans => {
            "Open Lookfor on your other device and type this code there. It signs you in once."
        }
        Say::ShowCode => "Show a code",
        Say::CodeUntil(hour, minute) => {
            return format!(
                "Works until {}.",
                super::Language::English.clock((*hour, *minute))
            );
        }
        Say::AnotherPerson => "Use as another person",
        Say::AnotherPersonMeans => {
            "Each person has a store of their own on this device. Changing sends and deletes nothing."
        }
        Say::InUse => "in use",
        Say::GoOnAs(name) => return format!("Go on as {name}"),
        Say::SomebodyNew => "Somebody new",
        Say::Agreement => "What was agreed",
        Say::AgreementMeans => {
            "Lookfor keeps to what your district and its teachers agreed. This is all of it, in plain words."
        }
        Say::NoAgreementYet => {
            "The agreement has not reached this device yet. It comes with the next connection."
        }
        Say::AgreementFrom(version, day, month, year) => {
            return format!("Version {version}, from {month}/{day}/{year}.");
        }
        Say::Office => "Office",
        Say::SignOut => "Sign out",
        Say::Unsent(0) => "Everything is on the server.",
        Say::Unsent(1) => "1 visit is not on the server yet.",
        Say::Unsent(unsent) => return format!("{unsent} visits are not on the server yet."),
        Say::SignOutMeans => {
            "Nothing is deleted. Your visits stay in your store on this device; what is not sent goes out when you sign in here again."
        }
        Say::SendNow => "Send now",
    };
    fixed.into()
}

/// What went wrong and what to do, in English.
pub fn problem(problem: &Problem) -> String {
    let fixed = match problem {
        Problem::UnknownForm { form, version } => {
            return format!(
                "This device does not have version {version} of the form “{form}”. Connect to the network once, then try again."
            );
        }
        Problem::UnknownLookFor { look_for } => {
            return format!("The form has no look-for “{look_for}”. Reload the page.");
        }
        Problem::DoesNotFit { look_for } => {
            return format!("The form does not take this at “{look_for}”. Reload the page.");
        }
        Problem::StoreIsNewer { .. } => {
            "A newer Lookfor has been used on this device. Update Lookfor, then open it again; your visits are untouched."
        }
        Problem::StoreFailed { detail } => {
            return format!(
                "This device's storage gave an error ({detail}). Reload the page; if it comes again, restart the device."
            );
        }
        Problem::Malformed { place, reason } => {
            return format!("The server could not read it: {place}: {reason}.");
        }
        Problem::TooLarge { place, limit_bytes } => {
            return format!("{place} is larger than {} kB.", limit_bytes / 1024);
        }
        Problem::TooMany { limit } => {
            return format!("More than {limit} records in one go, or about one thing.");
        }
        Problem::TooManyTries { wait_s } => {
            return format!("Too many tries. Wait {wait_s} seconds, then try again.");
        }
        Problem::AgreementSaysNo { field } => {
            return format!("The agreement of your district does not allow this ({field}).");
        }
        Problem::LeaversNeedConsent { people, classes } => {
            return format!(
                "{people} people would be marked as left and {classes} classes as ended: more than a third. Say yes to that too, or look at the file again."
            );
        }
        Problem::ProtocolVersion { known, got } => {
            return format!(
                "The server speaks version {known} and this device version {got}. Update Lookfor."
            );
        }
        Problem::NothingRecorded => "Nothing is marked yet.",
        Problem::UnknownDraft => "This visit is not on this device.",
        Problem::AlreadySubmitted => "This visit is finished already. Begin the next one.",
        Problem::OutOfOrder { .. } => "A tap before it was not kept. Please mark it again.",
        Problem::StoreFull => {
            "This device has no room left. Free some space, for example old photos, then mark it again."
        }
        Problem::OpenElsewhere => "Lookfor is open in another tab or window.",
        Problem::TakenOver => "You went on in another tab.",
        Problem::SomebodyElse => "Somebody else goes on with Lookfor on this device.",
        Problem::NotJson => "The request is not JSON.",
        Problem::WordsDiffer => "The words were changed on the way.",
        Problem::IdTaken => "The server has another record with the same id.",
        Problem::NumberTaken => {
            "Another copy of this device's store has already sent a record with this number."
        }
        Problem::NoAnswer => "The server does not answer. Check the network, then try again.",
        Problem::NotSignedIn => {
            "Sign in again on this device. What you recorded is kept and goes out after that."
        }
        Problem::NotAllowed => {
            "This is not open to you. Ask whoever runs Lookfor in your district."
        }
        Problem::NotTheAuthor => {
            "This record was made by another person than the one who is signed in here."
        }
        Problem::SecretUnknown => {
            "This link or code was used before, or its time is over. Ask for a new one."
        }
        Problem::PredictionFirst => {
            "Lock the prediction of this cycle first: what you expect, before the first visit counts."
        }
        Problem::NotTheNextStep => "From where it stands, the change idea does not go there.",
        Problem::ImportBlocked => {
            "These files cannot be taken. The list says what to put right; then send them again."
        }
        Problem::NotFound => "There is nothing at this address.",
        Problem::MethodNotAllowed => "This address does not take this kind of request.",
        Problem::ServerFailed => "The server failed. Nothing was changed; try again later.",
        Problem::Unheard => {
            "The server gave a reason that this version does not know. Update Lookfor."
        }
    };
    fixed.into()
}
