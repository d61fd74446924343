//! Facts for tests, each in one line.

use crate::district::Member;
use lookfor::domain::act::bright_spot::{
    BrightSpotTagged, Circle, PermissionAsked, PermissionGiven, PermissionWithdrawn,
};
use lookfor::domain::act::feedback::{FeedbackAnswered, FeedbackSent, Reaction};
use lookfor::domain::act::support::{Category, SupportWanted};
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::walkthrough::Whom;
use lookfor::domain::id::{EventId, PersonId};

pub fn named(teacher: &Member) -> Whom {
    named_by_id(teacher.person)
}

pub fn named_by_id(teacher: PersonId) -> Whom {
    Whom::Named {
        teacher,
        class: None,
    }
}

pub fn numbered(code: &ClaimCode) -> Whom {
    Whom::Numbered {
        claim_sha256: code.sha256(),
    }
}

pub fn tagged(walkthrough: EventId) -> BrightSpotTagged {
    BrightSpotTagged {
        walkthrough,
        look_for: None,
    }
}

pub fn asked(walkthrough: EventId, bright_spot: EventId) -> PermissionAsked {
    PermissionAsked {
        walkthrough,
        bright_spot,
    }
}

pub fn given(
    walkthrough: EventId,
    bright_spot: EventId,
    asked: EventId,
    circle: Circle,
) -> PermissionGiven {
    PermissionGiven {
        walkthrough,
        bright_spot,
        asked,
        circle,
    }
}

pub fn withdrawn(
    walkthrough: EventId,
    bright_spot: EventId,
    asked: EventId,
) -> PermissionWithdrawn {
    PermissionWithdrawn {
        walkthrough,
        bright_spot,
        asked,
    }
}

pub fn sent(walkthrough: EventId) -> FeedbackSent {
    FeedbackSent { walkthrough }
}

pub fn replied(walkthrough: EventId, feedback: EventId) -> FeedbackAnswered {
    FeedbackAnswered {
        walkthrough,
        feedback,
        answer: Reaction::Reply,
    }
}

pub fn wanted(walkthrough: EventId, category: Category) -> SupportWanted {
    SupportWanted {
        walkthrough,
        category,
    }
}
