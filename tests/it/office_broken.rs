//! What the pages of the office ask of the broken store of `server_errors`.

use crate::server_errors::{Broken, broken};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{ClassId, PersonId, SiteId};
use lookfor::domain::people::Post;
use lookfor::report::office::data::{BackupLine, DataSheet};
use lookfor::report::office::devices::DeviceLine;
use lookfor::report::office::ideas::KnownIdea;
use lookfor::report::office::overview::Overview;
use lookfor::report::office::people::{Choice, PersonLine, PersonSheet};
use lookfor::report::office::places::{ClassLine, SiteLine};
use lookfor::server::chance::Chance;
use lookfor::server::store::backups::Backups;
use lookfor::server::store::invitations::{InvitationMails, InvitationTry};
use lookfor::server::store::notices::{MailId, Rules};
use lookfor::server::store::overviews::Overviews;
use lookfor::server::store::people::{Asked, Persons};
use lookfor::server::store::pilots::{NewPilot, PilotBegun, Pilots};
use lookfor::server::store::registers::{DevicesAsked, Listed, PeopleAsked, Registers, SitesAsked};
use lookfor::server::store::sessions::{Door, NewSession, Seated, Sessions};
use lookfor::server::store::{Caller, Later};
use lookfor::sync::office::{AddPerson, ChangePerson, ChangePosts, OfficePerson};
use lookfor::text::Language;
use std::path::PathBuf;

impl Sessions for Broken {
    fn make_door(&self, _: Door) -> Later<'_, ()> {
        broken()
    }
    fn enter(&self, _: Sha256, _: NewSession) -> Asked<'_, ()> {
        broken()
    }
    fn session(&self, _: Sha256, _: i64) -> Later<'_, Option<Seated>> {
        broken()
    }
    fn speak(&self, _: Sha256, _: Language) -> Later<'_, ()> {
        broken()
    }
    fn end_session(&self, _: Sha256) -> Later<'_, ()> {
        broken()
    }
}

impl Registers for Broken {
    fn find_people(&self, _: PeopleAsked, _: i64) -> Later<'_, Listed<PersonLine>> {
        broken()
    }
    fn person_sheet(&self, _: PersonId, _: i64) -> Later<'_, Option<PersonSheet>> {
        broken()
    }
    fn find_devices(&self, _: DevicesAsked) -> Later<'_, Listed<DeviceLine>> {
        broken()
    }
    fn find_sites(&self, _: SitesAsked) -> Later<'_, Listed<SiteLine>> {
        broken()
    }
    fn find_classes(
        &self,
        _: SiteId,
        _: Option<ClassId>,
    ) -> Later<'_, Option<(SiteLine, Listed<ClassLine>)>> {
        broken()
    }
    fn class_line(&self, _: ClassId) -> Later<'_, Option<(SiteId, ClassLine)>> {
        broken()
    }
    fn site_choices(&self) -> Later<'_, Vec<Choice>> {
        broken()
    }
    fn teacher_choices(&self, _: SiteId) -> Later<'_, Vec<Choice>> {
        broken()
    }
    fn known_ideas(&self) -> Later<'_, Vec<KnownIdea>> {
        broken()
    }
    fn merge(&self, _: Caller, _: PersonId, _: PersonId, _: Chance, _: i64) -> Asked<'_, ()> {
        broken()
    }
}

impl Persons for Broken {
    fn posts(&self, _: PersonId) -> Later<'_, Vec<Post>> {
        broken()
    }
    fn entries(&self, _: PersonId) -> Later<'_, Vec<PersonId>> {
        broken()
    }
    fn person(&self, _: PersonId) -> Later<'_, Option<OfficePerson>> {
        broken()
    }
    fn people(&self, _: Option<PersonId>) -> Later<'_, Vec<OfficePerson>> {
        broken()
    }
    fn add_person(&self, _: AddPerson, _: i64) -> Asked<'_, OfficePerson> {
        broken()
    }
    fn change_person(&self, _: PersonId, _: ChangePerson, _: i64) -> Asked<'_, OfficePerson> {
        broken()
    }
    fn change_own(&self, _: PersonId, _: ChangePerson, _: i64) -> Asked<'_, OfficePerson> {
        broken()
    }
    fn confirm_person(&self, _: PersonId, _: bool, _: i64) -> Asked<'_, ()> {
        broken()
    }
    fn change_posts(&self, _: PersonId, _: ChangePosts, _: i64) -> Asked<'_, OfficePerson> {
        broken()
    }
}

impl Pilots for Broken {
    fn begin_pilot(&self, _: NewPilot, _: i64) -> Asked<'_, PilotBegun> {
        broken()
    }
}

impl InvitationMails for Broken {
    fn mail_invitation(&self, _: PersonId, _: i64) -> Asked<'_, ()> {
        broken()
    }
    fn begin_invitation(
        &self,
        _: Sha256,
        _: i64,
        _: Rules,
        _: i64,
    ) -> Later<'_, Option<InvitationTry>> {
        broken()
    }
    fn invitation_accepted(&self, _: MailId, _: i64) -> Later<'_, ()> {
        broken()
    }
    fn give_up_invitation(&self, _: MailId, _: String) -> Later<'_, ()> {
        broken()
    }
}

impl Overviews for Broken {
    fn overview(&self, _: i64) -> Later<'_, Overview> {
        broken()
    }
}

impl Backups for Broken {
    fn data_sheet(&self) -> Later<'_, DataSheet> {
        broken()
    }
    fn back_up(&self, _: i64) -> Later<'_, BackupLine> {
        broken()
    }
    fn backup_file(&self, _: String) -> Later<'_, Option<PathBuf>> {
        broken()
    }
}
