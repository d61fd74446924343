//! Every screen in every state that it has, and what a reader hears there.
//!
//! Longer than other files: one list is one thing to look through.

use super::{Kind, State, Words, state};
use lookfor::text::Say;
use lookfor::text::shell::Shell;
use lookfor::text::spots::Spot;
use lookfor::text::talk::Talk;
use lookfor::text::voices::Voice;
use lookfor::text::walk::Walk;

/// Every screen in every state that it has.
pub const STATES: &[State] = {
    use Kind::{Empty, Error, Filled, Loading, Offline, Outdated, SetAside, SignedOut, Update};
    &[
        // Before anything is open.
        state("opening", Loading, &[]),
        state(
            "does-not-open",
            Error,
            &[
                ("alert", Words::Say(Say::DoesNotOpen)),
                ("button", Words::Say(Say::TryAgain)),
            ],
        ),
        state(
            "elsewhere",
            Error,
            &[
                ("status", Words::Say(Say::OpenElsewhere)),
                ("button", Words::Say(Say::UseHere)),
            ],
        ),
        state(
            "moved",
            Error,
            &[
                ("status", Words::Say(Say::MovedElsewhere)),
                ("button", Words::Say(Say::UseHere)),
            ],
        ),
        // Who sits here.
        state(
            "sign-in",
            Empty,
            &[
                ("heading", Words::Say(Say::NeedInvitation)),
                ("textbox", Words::Say(Say::CodeOrLink)),
                ("button", Words::Say(Say::SignIn)),
                ("group", Words::Shell(Shell::Languages)),
            ],
        ),
        state("sign-in", Error, &[("alert", Words::Any)]),
        state(
            "invited",
            Filled,
            &[
                ("heading", Words::Say(Say::Invited)),
                ("button", Words::Say(Say::SignInHere)),
                ("button", Words::Say(Say::NotNow)),
            ],
        ),
        state(
            "invited",
            Offline,
            &[("status", Words::Say(Say::NoNetwork))],
        ),
        state(
            "me",
            Filled,
            &[
                ("button", Words::Say(Say::Agreement)),
                ("button", Words::Shell(Shell::Storage)),
                ("button", Words::Shell(Shell::About)),
                ("button", Words::Say(Say::SignOut)),
                ("group", Words::Shell(Shell::Languages)),
                ("navigation", Words::Walk(Walk::Ways)),
            ],
        ),
        state("me", Error, &[("alert", Words::Any)]),
        state(
            "code",
            Filled,
            &[
                ("heading", Words::Say(Say::AnotherDevice)),
                ("status", Words::Any),
            ],
        ),
        state("code", Offline, &[("alert", Words::Any)]),
        state(
            "people",
            Filled,
            &[
                ("heading", Words::Say(Say::AnotherPerson)),
                ("heading", Words::Say(Say::SomebodyNew)),
            ],
        ),
        state(
            "agreement",
            Filled,
            &[
                ("heading", Words::Say(Say::Agreement)),
                ("list", Words::Any),
            ],
        ),
        state(
            "storage",
            Empty,
            &[
                ("heading", Words::Shell(Shell::Storage)),
                ("status", Words::Shell(Shell::Waiting(0))),
                ("heading", Words::Shell(Shell::HowLong)),
            ],
        ),
        state(
            "storage",
            Offline,
            &[
                ("status", Words::Shell(Shell::Waiting(1))),
                ("link", Words::Shell(Shell::SaveUnsent)),
            ],
        ),
        state(
            "storage",
            SetAside,
            &[
                ("link", Words::Shell(Shell::SaveUnsent)),
                ("status", Words::Say(Say::SetAside)),
                ("link", Words::Say(Say::SaveCopy)),
            ],
        ),
        state(
            "about",
            Filled,
            &[
                ("heading", Words::Shell(Shell::About)),
                ("heading", Words::Shell(Shell::WhereRecordsGo)),
                ("heading", Words::Shell(Shell::Licence)),
            ],
        ),
        state(
            "leave",
            Filled,
            &[
                ("heading", Words::Say(Say::SignOut)),
                ("status", Words::Say(Say::Unsent(0))),
                ("button", Words::Say(Say::SignOut)),
            ],
        ),
        state(
            "leave",
            Offline,
            &[
                ("status", Words::Say(Say::Unsent(1))),
                ("button", Words::Say(Say::SendNow)),
            ],
        ),
        // The first screen and the visit.
        state(
            "today",
            Empty,
            &[
                ("heading", Words::Walk(Walk::NoIdeaYet)),
                ("status", Words::Walk(Walk::AllSent)),
                ("navigation", Words::Walk(Walk::Ways)),
            ],
        ),
        state(
            "today",
            Filled,
            &[
                ("heading", Words::Walk(Walk::NextClasses)),
                ("button", Words::Walk(Walk::StartWith(""))),
                ("button", Words::Walk(Walk::AnotherClass)),
                ("status", Words::Walk(Walk::AllSent)),
            ],
        ),
        state(
            "today",
            Offline,
            &[
                ("status", Words::Walk(Walk::NotSent(1))),
                ("status", Words::Say(Say::OnThisDevice)),
            ],
        ),
        state("today", Error, &[("alert", Words::Say(Say::NotKeptHere))]),
        state(
            "today",
            Update,
            &[
                ("status", Words::Say(Say::UpdateReady)),
                ("button", Words::Say(Say::Update)),
            ],
        ),
        state("today", SetAside, &[("status", Words::Say(Say::SetAside))]),
        state(
            "today",
            SignedOut,
            &[
                ("status", Words::Say(Say::SignInAgain)),
                ("status", Words::Walk(Walk::NotSent(1))),
                ("button", Words::Say(Say::SignIn)),
            ],
        ),
        state(
            "today",
            Outdated,
            &[
                ("status", Words::Say(Say::UpdateNeeded)),
                ("status", Words::Walk(Walk::NotSent(1))),
            ],
        ),
        state(
            "classes",
            Empty,
            &[
                ("textbox", Words::Walk(Walk::TeachersName)),
                ("button", Words::Walk(Walk::AddAndStart)),
            ],
        ),
        state(
            "classes",
            Filled,
            &[("button", Words::Walk(Walk::StartWith("")))],
        ),
        state(
            "visit",
            Empty,
            &[
                ("button", Words::Walk(Walk::BackToToday)),
                ("textbox", Words::Walk(Walk::NoteMeans)),
                ("button", Words::Walk(Walk::Undo)),
                ("button", Words::Walk(Walk::BrightSpot)),
                ("button", Words::Walk(Walk::Note)),
                ("button", Words::Say(Say::Done)),
            ],
        ),
        state("visit", Filled, &[("status", Words::Say(Say::Kept))]),
        state(
            "visit",
            Error,
            &[("alert", Words::Any), ("status", Words::Say(Say::NotKept))],
        ),
        state(
            "review",
            Filled,
            &[
                ("heading", Words::Walk(Walk::Review)),
                ("heading", Words::Walk(Walk::Recorded)),
                ("group", Words::Walk(Walk::BrightSpot)),
                ("group", Words::Walk(Walk::SupportWanted)),
                ("button", Words::Walk(Walk::Send)),
            ],
        ),
        state("visits", Empty, &[("heading", Words::Walk(Walk::Visits))]),
        state(
            "visits",
            Filled,
            &[("button", Words::Talk(Talk::WhatCameOfIt))],
        ),
        state("visits", SetAside, &[("link", Words::Say(Say::SaveCopy))]),
        // After a visit.
        state(
            "about-me",
            Empty,
            &[("heading", Words::Talk(Talk::AboutMe))],
        ),
        state(
            "about-me",
            Filled,
            &[
                ("heading", Words::Talk(Talk::AboutMe)),
                ("list", Words::Any),
            ],
        ),
        state(
            "about-me",
            Loading,
            &[("status", Words::Talk(Talk::Looking))],
        ),
        state(
            "week",
            Filled,
            &[
                ("heading", Words::Voice(Voice::ThisWeek)),
                ("textbox", Words::Any),
            ],
        ),
        state(
            "log",
            Filled,
            &[("heading", Words::Voice(Voice::LogALesson))],
        ),
        state(
            "welcome",
            Filled,
            &[("heading", Words::Voice(Voice::ComeAndSee))],
        ),
        state(
            "pilot",
            Filled,
            &[("heading", Words::Voice(Voice::PilotsData))],
        ),
        state(
            "card",
            Filled,
            &[
                ("heading", Words::Talk(Talk::Noticed)),
                ("button", Words::Talk(Talk::Everything)),
                ("button", Words::Talk(Talk::Reply)),
            ],
        ),
        state(
            "reply",
            Filled,
            &[
                ("textbox", Words::Talk(Talk::Reply)),
                ("button", Words::Talk(Talk::SendReply)),
            ],
        ),
        state(
            "record",
            Filled,
            &[
                ("heading", Words::Talk(Talk::Everything)),
                ("heading", Words::Talk(Talk::WhatCameOfIt)),
                ("button", Words::Talk(Talk::WriteFeedback)),
            ],
        ),
        state(
            "feedback",
            Filled,
            &[
                ("textbox", Words::Talk(Talk::Noticed)),
                ("textbox", Words::Talk(Talk::StudentsDid)),
                ("textbox", Words::Talk(Talk::OneQuestion)),
                ("button", Words::Talk(Talk::Send)),
            ],
        ),
        state(
            "feedback",
            Offline,
            &[
                ("heading", Words::Talk(Talk::FeedbackIsSent)),
                ("status", Words::Talk(Talk::Waits)),
            ],
        ),
        state(
            "feedback",
            SetAside,
            &[
                ("status", Words::Say(Say::SetAsideMeans)),
                ("link", Words::Say(Say::SaveCopy)),
                ("textbox", Words::Talk(Talk::Noticed)),
            ],
        ),
        state("replies", Empty, &[("heading", Words::Talk(Talk::Replies))]),
        state(
            "replies",
            Filled,
            &[("button", Words::Talk(Talk::Everything))],
        ),
        state(
            "bright-spots",
            Empty,
            &[("heading", Words::Spot(Spot::BrightSpots))],
        ),
        state(
            "bright-spots",
            Filled,
            &[
                ("heading", Words::Spot(Spot::BrightSpots)),
                ("list", Words::Any),
            ],
        ),
        state(
            "support",
            Filled,
            &[("heading", Words::Spot(Spot::SupportWanted))],
        ),
        // Without the app.
        state("light-door", Filled, &[("button", Words::Any)]),
        state("light-card", Filled, &[("textbox", Words::Any)]),
        state("light-card", Error, &[("heading", Words::Any)]),
        state("office", Filled, &[("heading", Words::Any)]),
    ]
};
