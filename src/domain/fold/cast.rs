//! Who is who in a visit, and who is entitled to say what about it.

use super::Read;
use crate::domain::collect::walkthrough::{Walkthrough, Whom};
use crate::domain::event::Fact;
use crate::domain::id::PersonId;
use crate::domain::people::{People, Place, Role};

/// Who is who in a visit.
pub(super) struct Cast<'a> {
    pub(super) observer: PersonId,
    pub(super) teacher: Option<PersonId>,
    pub(super) walkthrough: &'a Walkthrough,
    pub(super) people: &'a People,
}

impl<'a> Cast<'a> {
    pub(super) fn of(
        submitted: &Read,
        walkthrough: &'a Walkthrough,
        about: &[&Read],
        people: &'a People,
    ) -> Self {
        let teacher = match walkthrough.setting.as_ref().map(|setting| &setting.whom) {
            Some(Whom::Named { teacher, .. }) => Some(*teacher),
            // The code proves the claim; of several who have it, the first id stands. The observer, who
            // has every code, cannot take a visit and so keep it from its teacher.
            Some(Whom::Numbered { claim_sha256 }) => about.iter().find_map(|event| {
                let Fact::WalkthroughClaimed(claim) = &event.fact else {
                    return None;
                };
                let proved = claim.code.sha256() == *claim_sha256;
                let own = people.are_one(claim.teacher, event.author);
                let observer = people.are_one(claim.teacher, submitted.author);
                (proved && own && !observer).then_some(claim.teacher)
            }),
            None => None,
        };
        Self {
            observer: people.resolve(submitted.author),
            teacher: teacher.map(|teacher| people.resolve(teacher)),
            walkthrough,
            people,
        }
    }

    /// Whether the visit's teacher is known to teach, or to have taught, at its site.
    pub(super) fn teaches_here(&self) -> bool {
        let (teacher, site) = (self.teacher, self.walkthrough.site());
        teacher.zip(site).is_some_and(|(teacher, site)| {
            self.people
                .has_held(teacher, Role::Teacher, &Place::Site(site))
        })
    }

    /// The teacher, if the office knows them there and somebody else visited whom it knows, too: an id that somebody made
    /// up counts nowhere, and nobody counts towards the five, or becomes a reader of few, by a visit to themselves. Whoever
    /// adds observers could else take off what each of them saw.
    pub(super) fn counted_teacher(&self) -> Option<PersonId> {
        let is_known = |teacher: &PersonId| !self.people.was_only_met(*teacher);
        self.teacher
            .filter(is_known)
            .filter(|teacher| *teacher != self.observer && is_known(&self.observer))
            .filter(|_| self.teaches_here())
    }

    /// Whether the author of a fact is entitled to it.
    pub(super) fn may(&self, event: &Read) -> bool {
        let author = self.people.resolve(event.author);
        let observer = author == self.observer;
        let teacher = Some(author) == self.teacher;
        let coach = || {
            self.walkthrough.site().is_some_and(|site| {
                let (place, received) = (Place::Site(site), event.received_at_utc_ms);
                // Whoever coaches here no longer writes nothing more into its records.
                self.people.covers(author, Role::Coach, &place, received)
            })
        };
        match &event.fact {
            Fact::WalkthroughSubmitted(_) | Fact::WalkthroughClaimed(_) => true,
            Fact::WalkthroughAmended(_) | Fact::FeedbackSent(_) => observer,
            Fact::FeedbackOpened(_)
            | Fact::FeedbackAnswered(_)
            | Fact::FeedbackShared(_)
            | Fact::PermissionGiven(_)
            | Fact::PermissionRefused(_)
            | Fact::PermissionWithdrawn(_) => teacher,
            Fact::BrightSpotTagged(_) | Fact::BrightSpotFiled(_) => observer || coach(),
            Fact::PermissionAsked(_) | Fact::SupportWanted(_) | Fact::SupportGiven(_) => {
                observer || teacher || coach()
            }
            Fact::PredictionLocked(_)
            | Fact::DecisionTaken(_)
            | Fact::PersonAdded(_)
            | Fact::PersonMerged(_)
            | Fact::ClassMissed(_)
            | Fact::SurveyAnswered(_)
            | Fact::LessonLogged(_)
            | Fact::VisitWelcomed(_)
            | Fact::WelcomeWithdrawn(_)
            | Fact::WordsErased(_) => false,
        }
    }
}
