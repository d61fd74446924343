//! The teacher's voice in real browsers: a phone that answers, logs and invites without a network, and the tablet of
//! whoever is invited.

use crate::card_app::{quiet, shows, touch};
use crate::district::{District, IDEA, Member, at_site, post, refresh, site};
use crate::page::MISFITS;
use crate::server::TestServer;
use crate::support::browser::{Browser, Driver, PHONE, Profile, TABLET};
use crate::support::enter::START;
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_copy::{FULL_DISK, WebCopy};
use crate::support::web_folder;
use fantoccini::Locator;
use lookfor::domain::collect::form::FormRef;
use lookfor::domain::collect::survey::SurveyAnswered;
use lookfor::domain::id::ClassId;
use lookfor::domain::people::{Place, Role};
use lookfor::sync::office::Invitation;
use lookfor::sync::office::ideas::IDEAS_PATH;
use rusqlite::params;
use serde_json::json;
use std::path::PathBuf;

const WAYS: &str = "document.querySelector('nav.ways')";
/// A question of the idea, and its fourth answer.
const FITS: &str = "[aria-labelledby='q-fits-my-period'] .choice:nth-child(4)";

/// A pilot with one teacher and their class, and the principal of their school.
struct Pilot {
    district: District,
    proxy: Proxy,
    teacher: Member,
    principal: Member,
    admin: Member,
}

impl Pilot {
    async fn open() -> Self {
        Self::with_web(web_folder()).await
    }

    /// With the web app in this folder.
    async fn with_web(web: PathBuf) -> Self {
        let server = TestServer::with(|config| config.web = Some(web)).await;
        let proxy = Proxy::start(server.url.trim_start_matches("http://"));
        let district = District::on(server);
        let pilot = post(Role::Pilot, Place::Idea(IDEA.into()));
        let teacher = district.member(1, &[at_site(Role::Teacher), pilot]);
        let principal = district.member(2, &[at_site(Role::Principal)]);
        let admin = district.member(3, &[post(Role::Admin, Place::District)]);
        let stored = district.server.stored().0;
        for (member, name) in [(&teacher, "Luz Ortega"), (&principal, "Pia Alvarez")] {
            let row = params![name, member.person.0.as_bytes()];
            let sql = "update person set name = ?1 where id = ?2";
            stored.execute(sql, row).unwrap();
        }
        let here = site(1);
        let sql = "insert into site (id, name) values (?1, 'North')";
        stored.execute(sql, [here.0.as_bytes()]).unwrap();
        let class = ClassId::mint(1, [7; 10]);
        let sql = "insert into class (id, site, school_year, title, room, grades, subjects, periods) \
                   values (?1, ?2, 2027, 'Grade 5 mathematics', '12', '[]', '[]', '[]')";
        let row = params![class.0.as_bytes(), here.0.as_bytes()];
        stored.execute(sql, row).unwrap();
        let sql = "insert into class_teacher (class, person) values (?1, ?2)";
        let row = params![class.0.as_bytes(), teacher.person.0.as_bytes()];
        stored.execute(sql, row).unwrap();
        refresh(&stored, "people");
        let body = json!({ "key": IDEA, "version": 2, "state": "baseline" }).to_string();
        let kept = admin.post(&district.server, IDEAS_PATH, body).await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        district.settled().await;
        Self {
            district,
            proxy,
            teacher,
            principal,
            admin,
        }
    }

    /// The app of a person, its first screen in view.
    async fn app(&self, browser: &Browser, whose: &Member) {
        let path = format!("/api/v1/people/{}/invitation", whose.person);
        let server = &self.district.server;
        let said = self.admin.post(server, &path, "null".into()).await;
        let link = serde_json::from_slice::<Invitation>(&said.body)
            .unwrap()
            .link;
        let (_, secret) = link.split_once("/join#").unwrap();
        let address = format!("{}/join#{secret}", self.proxy.url());
        browser.go(&address).await;
        touch(browser, "#sign-in:enabled").await;
        browser.until(WAYS).await;
    }

    /// Waits until the server has so many events of a kind.
    async fn has(&self, kind: &str, wanted: i64) {
        let sql = format!("select count(*) from event where kind = '{kind}'");
        self.district.until(&sql, wanted).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_answers_logs_and_invites_and_the_observer_sees_the_invitation_first() {
    let _alone = crate::one_browser_at_a_time().await;
    let pilot = Pilot::open().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let phone = Browser::open(&driver, &profile, PHONE, "en-US").await;
    pilot.app(&phone, &pilot.teacher).await;
    touch(&phone, "#way-ForYou").await;
    touch(&phone, "#voice-week").await;
    phone.until(&shows("cannot be anonymous")).await;

    // Without a network: each touch is kept, also when the page is loaded again before it is sent.
    pilot.proxy.set(Mode::Refuse);
    touch(&phone, FITS).await;
    let pressed = format!(
        "document.querySelector({:?})",
        format!("{FITS}[aria-pressed='true']")
    );
    phone.until(&pressed).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    phone.client.refresh().await.unwrap();
    phone.until(WAYS).await;
    touch(&phone, "#way-ForYou").await;
    touch(&phone, "#voice-week").await;
    phone.until(&pressed).await;
    touch(&phone, "#send-week").await;
    phone.until(&shows("Kept on this device.")).await;

    // A lesson in two touches where there is one class, and an invitation in one.
    touch(&phone, "#back").await;
    touch(&phone, "#voice-log").await;
    touch(
        &phone,
        "[aria-labelledby='did-it-happen'] .choice:nth-child(1)",
    )
    .await;
    touch(
        &phone,
        "[aria-labelledby='how-did-it-go'] .choice:nth-child(1)",
    )
    .await;
    phone.until(&shows("Yes · Smoothly")).await;
    touch(&phone, "#back").await;
    touch(&phone, "#voice-welcome").await;
    phone
        .until(&shows("Read by the principal and the coaches"))
        .await;
    let field = phone.client.find(Locator::Css("#what")).await.unwrap();
    field
        .send_keys("Pairs read the problem aloud.")
        .await
        .unwrap();
    touch(&phone, "#invite-leaders").await;
    phone.until(&shows("You invited to")).await;
    pilot.has("visit_welcomed", 0).await;

    // The network returns, and all of it goes by itself.
    pilot.proxy.set(Mode::Open);
    for kind in ["survey_answered", "lesson_logged", "visit_welcomed"] {
        pilot.has(kind, 1).await;
    }
    touch(&phone, "#back").await;
    phone.until(&shows("answered")).await;
    touch(&phone, "#voice-week").await;
    phone.until(&shows("On the server.")).await;
    // A correction replaces what was said.
    touch(
        &phone,
        "[aria-labelledby='q-fits-my-period'] .choice:nth-child(2)",
    )
    .await;
    touch(&phone, "#send-week").await;
    pilot.has("survey_answered", 2).await;
    pilot.district.settled().await;
    let own = "select count(*) from document where kind = 'survey_answers' and body like '%fits-my-period\":2%'";
    pilot.district.until(own, 1).await;
    quiet(&phone).await;
    phone.close().await;

    let profile = Profile::new();
    let tablet = Browser::open(&driver, &profile, TABLET, "en-US").await;
    pilot.app(&tablet, &pilot.principal).await;
    tablet.until(START).await;
    tablet.until(&shows("Pairs read the problem aloud.")).await;
    let first = "document.querySelector('main section .start').closest('.welcome')";
    tablet.until(first).await;
    tablet.until(&shows("Luz Ortega")).await;
    touch(&tablet, ".welcome .start").await;
    tablet.until(crate::support::enter::FORM).await;
    tablet.until(&shows("Luz Ortega")).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screens_of_the_teachers_voice_fit_every_device_in_both_languages() {
    let _alone = crate::one_browser_at_a_time().await;
    let pilot = Pilot::open().await;
    let visit = pilot
        .principal
        .visit(crate::facts::named(&pilot.teacher), "I saw pairs.");
    pilot.principal.says(&pilot.district.server, visit).await;
    let answered = SurveyAnswered {
        form: FormRef {
            key: IDEA.into(),
            version: 2,
        },
        week: lookfor::domain::place::Day::of(2026, 11, 16).unwrap(),
        revision: 1,
        answers: [("fits-my-period".to_owned(), 4)].into(),
        named: false,
    };
    let answered = pilot.teacher.seal(answered, &[]);
    pilot.teacher.says(&pilot.district.server, answered).await;
    pilot.district.settled().await;
    let driver = Driver::start();
    for (name, size, language, light) in [
        ("phone-small", (320, 568), "es", "light"),
        ("phone", PHONE, "en-US", "light"),
        ("phone-dark", PHONE, "es", "dark"),
        ("tablet", TABLET, "en-US", "dark"),
    ] {
        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": light}]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        pilot.app(&browser, &pilot.teacher).await;
        touch(&browser, "#way-ForYou").await;
        look(&browser, "#voice-pilot", &format!("{name}-1-for-you")).await;
        touch(&browser, "#voice-week").await;
        touch(&browser, FITS).await;
        look(&browser, "#send-week:enabled", &format!("{name}-2-week")).await;
        touch(&browser, "#back").await;
        touch(&browser, "#voice-log").await;
        touch(
            &browser,
            "[aria-labelledby='did-it-happen'] .choice:nth-child(2)",
        )
        .await;
        let ready = "[aria-labelledby='how-did-it-go']";
        look(&browser, ready, &format!("{name}-3-log")).await;
        touch(
            &browser,
            "[aria-labelledby='how-did-it-go'] .choice:nth-child(2)",
        )
        .await;
        touch(&browser, "#back").await;
        touch(&browser, "#voice-welcome").await;
        touch(&browser, "#invite-peers").await;
        look(&browser, ".take-back", &format!("{name}-4-welcome")).await;
        touch(&browser, "#back").await;
        touch(&browser, "#voice-pilot").await;
        look(&browser, "#you-said", &format!("{name}-5-pilot")).await;
        browser.close().await;

        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": light}]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        pilot.app(&browser, &pilot.principal).await;
        look(&browser, ".welcome", &format!("{name}-6-today")).await;
        browser.close().await;
    }
}

/// Nothing is too small or outside, and a picture of the whole page.
async fn look(browser: &Browser, there: &str, name: &str) {
    let found = format!("document.querySelector({there:?})");
    browser.until(&found).await;
    assert_eq!(browser.eval(MISFITS).await, json!([]), "{name}");
    browser.whole_picture(&format!("voices-{name}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_cannot_keep_stays_chosen_and_written() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::with_worker_running(FULL_DISK);
    let pilot = Pilot::with_web(web.path().to_owned()).await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let phone = Browser::open(&driver, &profile, PHONE, "en-US").await;
    pilot.app(&phone, &pilot.teacher).await;
    phone
        .eval("window.disk = new BroadcastChannel('disk')")
        .await;
    touch(&phone, "#way-ForYou").await;
    touch(&phone, "#voice-week").await;
    touch(&phone, FITS).await;
    let pressed = format!("document.querySelector({FITS:?}).ariaPressed === 'true'");
    phone.until(&pressed).await;
    phone.eval("disk.postMessage(true)").await;
    touch(&phone, "#send-week:enabled").await;
    let no_room = shows("This device has no room left.");
    phone.until(&no_room).await;
    phone.until(&pressed).await;
    phone.eval("disk.postMessage(false)").await;
    phone.press("Close").await;
    touch(&phone, "#send-week:enabled").await;
    pilot.has("survey_answered", 1).await;
    // Nothing of it is chosen any more: it is said.
    phone
        .until("document.querySelector('#send-week:disabled')")
        .await;

    touch(&phone, "#back").await;
    touch(&phone, "#voice-welcome").await;
    touch(&phone, "#what").await;
    let field = phone.client.find(Locator::Css("#what")).await.unwrap();
    field.send_keys("Pairs read aloud.").await.unwrap();
    phone.eval("disk.postMessage(true)").await;
    touch(&phone, "#invite-leaders").await;
    phone.until(&no_room).await;
    let written = "document.querySelector('#what').value === 'Pairs read aloud.'";
    phone.until(written).await;
    phone.eval("disk.postMessage(false)").await;
    phone.press("Close").await;
    touch(&phone, "#invite-leaders").await;
    phone.until(&shows("You invited to")).await;
    phone
        .until("document.querySelector('#what').value === ''")
        .await;
    pilot.has("visit_welcomed", 1).await;
    quiet(&phone).await;
    phone.close().await;
}
