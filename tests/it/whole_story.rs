//! The whole story, in both languages, with real parts: a principal's tablet without a network, the teacher's mail
//! and phone, the coach's laptop, and a teacher elsewhere who sees nothing of it.

use crate::notice::mail_config;
use crate::school::{INSTALLED, KEPT, newest_is};
use crate::server::TestServer;
use crate::signed_in::{ADMIN, asking, invitation, new_device, post, read, signed_in};
use crate::support::answering::{SMALLEST_PX, Taps, answer_core, tap};
use crate::support::browser::{Browser, Driver, LAPTOP, PHONE, Profile, TABLET};
use crate::support::enter::FORM;
use crate::support::mail::{Accepted, MailServer, Security};
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use fantoccini::Locator;
use lookfor::domain::collect::form::Form;
use lookfor::domain::id::{ClassId, PersonId, SiteId};
use lookfor::domain::people::{Place, Post, Role};
use lookfor::server::library::starter::starter;
use lookfor::sync::protocol::{PROTOCOL, PULL_PATH, Pull, Pulled};
use lookfor::text::Language;
use lookfor::text::card::CardSay;
use lookfor::text::spots::Spot;
use lookfor::text::talk::Talk;
use lookfor::text::walk::Walk;
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tempfile::TempDir;

const IDEA: &str = "three-reads";
/// What the principal heard, what she adds to the draft of the feedback, and what the teacher answers: words that
/// must be where they may be, and nowhere else.
const HEARD: &str = "¿Es el mismo autobús? asked the table by the window";
const ADDED: &str = "Quetzal cards lay on each table.";
const REPLY: &str = "They knew a word from last week.";
const TEACHER_MAIL: &str = "l.ortega@school.example";

const PIA: u8 = 11;
const LUZ: u8 = 12;
const CHO: u8 = 13;
const NIA: u8 = 14;
const NED: u8 = 15;

/// Everybody of the story: who, what they are called, what they do, at which school.
const PEOPLE: [(u8, &str, Role, u8); 5] = [
    (PIA, "Pia Alvarez", Role::Principal, 1),
    (LUZ, "Luz Ortega", Role::Teacher, 1),
    (CHO, "Cho Kim", Role::Coach, 1),
    (NIA, "Nia Brooks", Role::Teacher, 1),
    (NED, "Ned Haddad", Role::Teacher, 2),
];

fn person(number: u8) -> PersonId {
    PersonId::mint(2, [number; 10])
}

/// A district that was set up by its API, and the network to it.
struct District {
    server: TestServer,
    proxy: Proxy,
    mail: MailServer,
    admin: String,
    driver: Driver,
    language: Language,
    _folder: TempDir,
}

impl District {
    async fn open(language: Language) -> Self {
        let mail = MailServer::start(Security::Tls).await;
        let folder = tempfile::tempdir().unwrap();
        let config = mail_config(&mail, &folder, "smtps");
        let server = TestServer::with(|to| {
            to.mail = Some(config);
            to.public_url = Some("https://lookfor.district.example".into());
            to.web = Some(web_folder());
        })
        .await;
        let admin = server.person(1, &[ADMIN]).await;
        let district = Self {
            proxy: Proxy::start(server.url.trim_start_matches("http://")),
            server,
            mail,
            admin,
            driver: Driver::start(),
            language,
            _folder: folder,
        };
        district.set_up().await;
        district
    }

    async fn keep(&self, path: &str, body: Value) {
        read::<Value>(&post(&self.server, path, &self.admin, &body).await);
    }

    async fn set_up(&self) {
        let site = |number: u8| SiteId::mint(1, [number; 10]);
        for (number, name) in [(1, "Mesa Verde"), (2, "Los Robles")] {
            let body = json!({"id": site(number), "name": name});
            self.keep("/api/v1/sites", body).await;
        }
        for (number, name, role, school) in PEOPLE {
            let place = Place::Site(site(school));
            let body = json!({
                "id": person(number),
                "name": name,
                "mail": (number == LUZ).then_some(TEACHER_MAIL),
                "language": self.language.tag(),
                "posts": [Post { role, place }],
            });
            self.keep("/api/v1/people", body).await;
        }
        let class = json!({
            "id": ClassId::mint(1, [41; 10]),
            "site": site(1),
            "school_year": 2027,
            "title": "Grade 5 mathematics",
            "teachers": [person(LUZ)],
        });
        self.keep("/api/v1/classes", class).await;
        // Another idea is in use as well, so that one has to be chosen.
        for idea in ["care-and-expectations", IDEA] {
            let body = json!({"key": idea, "state": "baseline"});
            self.keep("/api/v1/ideas", body).await;
        }
    }

    async fn invited(&self, number: u8) -> String {
        invitation(&self.server, &self.admin, person(number)).await
    }

    /// A window in this language, nobody signed in.
    async fn window(&self, profile: &Profile, size: (u32, u32), language: Language) -> Browser {
        let tag = match language {
            Language::English => "en-US",
            Language::Spanish => "es-MX",
        };
        Browser::open(&self.driver, profile, size, tag).await
    }

    /// Signs somebody in.
    async fn sign_in(&self, browser: &Browser, number: u8) {
        let secret = self.invited(number).await;
        let url = format!("{}/join#{secret}", self.proxy.url());
        browser.go(&url).await;
        browser
            .until("document.querySelector('#sign-in:enabled')")
            .await;
        tap(browser, "#sign-in").await;
        browser.until("document.querySelector('nav.ways')").await;
    }

    /// The app of somebody on a device of their own.
    async fn app(&self, profile: &Profile, size: (u32, u32), number: u8) -> Browser {
        let browser = self.window(profile, size, self.language).await;
        self.sign_in(&browser, number).await;
        browser
    }

    /// Everything that the server gives a new device of somebody, as text.
    async fn pulled(&self, number: u8) -> String {
        let asking = asking(&self.invited(number).await, new_device(number));
        let token = signed_in(&self.server.url, &asking).await.token;
        let mut pull = Pull {
            protocol: PROTOCOL,
            feed: None,
            cursors: BTreeMap::new(),
        };
        let mut all = String::new();
        loop {
            let said = post(&self.server, PULL_PATH, &token, &json!(pull)).await;
            let pulled: Pulled = read(&said);
            all += &said.text();
            pull.feed = Some(pulled.feed);
            for portion in pulled.portions {
                pull.cursors.insert(portion.audience, portion.cursor);
            }
            if !pulled.more {
                return all;
            }
        }
    }

    async fn the_mail(&self) -> Accepted {
        let one = || Some(self.mail.accepted()).filter(|mails| !mails.is_empty());
        let mails = crate::notice::until("the mail is there", one).await;
        assert_eq!(mails.len(), 1);
        mails[0].clone()
    }
}

fn shows(text: &str) -> String {
    format!("document.body.innerText.includes({text:?})")
}

async fn write(browser: &Browser, field: &str, text: &str) {
    browser
        .until(&format!("document.querySelector({field:?})"))
        .await;
    let found = browser.client.find(Locator::Css(field)).await.unwrap();
    found.send_keys(text).await.unwrap();
}

/// Goes to the page of the one who sits here, and where this line of it leads.
async fn way(browser: &Browser, name: &str) {
    tap(browser, "#way-Me").await;
    browser.press(name).await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
}

/// Closes the window; nothing in it was against the page's policy, and nothing panicked.
async fn close(browser: Browser) {
    let log = browser.log().await;
    let loud =
        |line: &&String| line.contains("Content Security Policy") || line.contains("panicked");
    assert_eq!(log.iter().find(loud), None);
    browser.close().await;
}

fn three_reads() -> &'static Form {
    let found = starter().iter().find(|idea| idea.form.form.key == IDEA);
    &found.unwrap().form
}

/// On a tablet without a network, until the visit and its feedback wait to be sent.
async fn the_principal_visits(district: &District, profile: &Profile) -> Browser {
    let language = district.language;
    let browser = district.app(profile, TABLET, PIA).await;
    browser.until("document.querySelector('.start')").await;
    browser.until(INSTALLED).await;
    district.proxy.set(Mode::Refuse);
    browser.client.refresh().await.unwrap();
    browser.until("document.querySelector('.start')").await;

    // The change idea, then the first of the likely classes: two taps.
    let mut taps = Taps::none();
    let title = language.of(&three_reads().title);
    let in_focus = format!("document.querySelector('.focus h2').innerText === {title:?}");
    if browser.eval(&in_focus).await == false {
        let chip = format!(
            "[...document.querySelectorAll('[aria-labelledby=other-ideas] button')] \
             .findIndex((e) => e.innerText === {title:?})"
        );
        let place = browser.eval(&chip).await.as_i64().unwrap() + 1;
        let chip = format!("[aria-labelledby=other-ideas] button:nth-child({place})");
        taps.tap(&browser, &chip).await;
        browser.until(&in_focus).await;
    }
    taps.tap(&browser, ".class.first .start").await;
    browser.until(FORM).await;
    assert!(taps.count <= 2, "{} taps to the form", taps.count);
    assert_eq!(
        browser.eval("document.querySelector('h1').innerText").await,
        "Luz Ortega"
    );

    // Every core look-for, a note, a bright spot.
    answer_core(&browser, three_reads(), &mut taps).await;
    assert!(taps.smallest_px >= SMALLEST_PX, "{taps:?}");
    tap(&browser, "#to-note").await;
    write(&browser, "#note", HEARD).await;
    tap(&browser, "#bright").await;
    browser
        .until("document.querySelector('#bright[aria-pressed=true]')")
        .await;
    browser.until(KEPT).await;
    let marked = "document.querySelectorAll('main .choice[aria-pressed=true]').length";
    let marks = browser.eval(marked).await;

    // Killed, and resumed as it was.
    profile.kill();
    drop(browser);
    let browser = district.window(profile, TABLET, language).await;
    browser.go(&district.proxy.url()).await;
    browser.until(FORM).await;
    browser.until(KEPT).await;
    assert_eq!(browser.eval(marked).await, marks);
    let note = browser.eval("document.querySelector('#note').value").await;
    assert_eq!(note, HEARD);
    browser
        .until("document.querySelector('#bright[aria-pressed=true]')")
        .await;
    browser
        .picture(&format!("whole-{}-1-resumed", language.tag()))
        .await;

    // Submitted, and feedback sent, still without a network.
    tap(&browser, "#done").await;
    browser.until(&shows(HEARD)).await;
    tap(&browser, "#send").await;
    browser.until(&newest_is("on-this-device")).await;
    browser.press(&language.talk(Talk::WhatCameOfIt)).await;
    tap(&browser, "#write").await;
    write(&browser, "#part-students", ADDED).await;
    tap(&browser, ".dock #send").await;
    browser.until(&shows(&language.talk(Talk::Waits))).await;
    tap(&browser, "#back").await;
    browser.until(&newest_is("on-this-device")).await;
    assert_eq!(district.server.stored().count(), 0);
    browser
}

/// On a phone without an account: the mail, the light card, a reply.
async fn the_teacher_answers_the_light_card(district: &District) {
    let language = district.language;
    let mail = district.the_mail().await;
    assert_eq!(mail.to, TEACHER_MAIL);
    for word in [HEARD, "autobús", "Quetzal", "Pia", "Luz", "Three", "Tres"] {
        assert!(!mail.text().contains(word), "{word}");
    }
    let profile = Profile::new();
    let phone = district.window(&profile, PHONE, language).await;
    let card = format!("{}{}", district.proxy.url(), mail.path());
    phone.go(&card).await;
    assert_eq!(
        phone.eval("document.documentElement.lang").await,
        language.tag()
    );
    phone.press(&language.say_card(CardSay::Open)).await;
    phone.until(&shows(ADDED)).await;
    assert_eq!(phone.eval("document.scripts.length").await, 0);
    write(&phone, "#reply", REPLY).await;
    phone.press(&language.say_card(CardSay::SendReply)).await;
    phone.until("document.querySelector('[role=status]')").await;
    phone.until(&shows(REPLY)).await;
    phone
        .picture(&format!("whole-{}-2-light-card", language.tag()))
        .await;
    close(phone).await;
}

/// In the app: the record, who opened it, and the bright spot let to the school. The phone speaks the other
/// language at first.
async fn the_teacher_lets_the_school_see_it(district: &District) {
    let language = district.language;
    let other = match language {
        Language::English => Language::Spanish,
        Language::Spanish => Language::English,
    };
    let profile = Profile::new();
    let phone = district.window(&profile, PHONE, other).await;
    district.sign_in(&phone, LUZ).await;
    tap(&phone, "#way-Me").await;
    tap(&phone, &format!("#language-{}", language.tag())).await;
    let lang = format!("document.documentElement.lang === {:?}", language.tag());
    phone.until(&lang).await;
    way(&phone, &language.talk(Talk::AboutMe)).await;
    tap(&phone, ".whole-row").await;
    for words in [ADDED, REPLY, "Pia Alvarez"] {
        phone.until(&shows(words)).await;
    }
    phone.until("document.querySelector('#opened')").await;
    tap(&phone, "#everything").await;
    phone.until("document.querySelector('.record')").await;
    for look_for in three_reads().look_fors.iter().filter(|one| one.core) {
        let words = language.of(&look_for.words);
        phone.until(&shows(words)).await;
    }
    phone.until(&shows(HEARD)).await;
    tap(&phone, "#back").await;
    tap(&phone, ".choose").await;
    tap(&phone, ".choose-school").await;
    phone.until("document.querySelector('.take-back')").await;
    let sql = "select count(*) from event where kind = 'permission_given'";
    let given = || {
        let count: i64 = district
            .server
            .stored()
            .0
            .query_row(sql, [], |row| row.get(0))
            .unwrap();
        (count == 1).then_some(())
    };
    crate::notice::until("the permission is there", given).await;
    phone
        .picture(&format!("whole-{}-3-permitted", language.tag()))
        .await;
    close(phone).await;
}

/// The bright spots as somebody sees them on a screen of their own.
async fn sees_bright_spot(district: &District, size: (u32, u32), number: u8, sees: bool) {
    let language = district.language;
    let profile = Profile::new();
    let browser = district.app(&profile, size, number).await;
    way(&browser, &language.spot(Spot::BrightSpots)).await;
    if sees {
        browser.until(&shows(HEARD)).await;
    } else {
        // Everything that is for this person has come when their feed is read to its end.
        let empty = language.spot(Spot::BrightSpotsEmpty);
        browser.until(&shows(&empty)).await;
        assert_eq!(browser.eval(&shows(HEARD)).await, false);
    }
    browser
        .picture(&format!("whole-{}-4-sees-{number}", language.tag()))
        .await;
    close(browser).await;
}

#[rstest]
#[case::in_english(Language::English)]
#[case::in_spanish(Language::Spanish)]
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_from_the_classroom_door_to_the_teachers_phone(#[case] language: Language) {
    let _alone = crate::one_browser_at_a_time().await;
    let district = District::open(language).await;
    let profile = Profile::new();
    let tablet = the_principal_visits(&district, &profile).await;

    // The network returns. Nobody touches anything.
    district.proxy.set(Mode::Open);
    tablet.until(&newest_is("on-the-server")).await;
    tap(&tablet, "#way-Today").await;
    tablet
        .until("document.querySelector('#unsent-count').dataset.state === 'on-the-server'")
        .await;
    tablet.until(&shows(&language.walk(Walk::AllSent))).await;

    the_teacher_answers_the_light_card(&district).await;
    the_teacher_lets_the_school_see_it(&district).await;
    sees_bright_spot(&district, LAPTOP, CHO, true).await;
    sees_bright_spot(&district, PHONE, NIA, true).await;
    sees_bright_spot(&district, PHONE, NED, false).await;
    assert!(district.pulled(CHO).await.contains(HEARD));
    let elsewhere = district.pulled(NED).await;
    for word in [
        HEARD,
        ADDED,
        REPLY,
        "\"kind\":\"bright_spot\"",
        "\"kind\":\"walkthrough\"",
    ] {
        assert!(!elsewhere.contains(word), "{word}");
    }

    // The principal reads the reply on the tablet, which has been open all the while.
    way(&tablet, &language.talk(Talk::Replies)).await;
    // Where the stream of news has not come back yet, the device asks about once a minute.
    tablet
        .until_within(Duration::from_secs(150), &shows(REPLY))
        .await;
    tablet
        .picture(&format!("whole-{}-5-reply", language.tag()))
        .await;
    close(tablet).await;
}
