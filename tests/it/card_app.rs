//! What comes after a visit, in real browsers against a real server: the teacher's phone, the coach's laptop and
//! the observer's tablet.

use crate::district::{District, Member, at_site, post, refresh, site};
use crate::facts::{named, sent, tagged};
use crate::page::MISFITS;
use crate::school::KEPT;
use crate::server::TestServer;
use crate::support::browser::{Browser, Driver, PHONE, Profile, TABLET};
use crate::support::enter::{START, begin, send};
use crate::support::forms::{of_form, publish};
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use fantoccini::Locator;
use lookfor::domain::collect::form::Form;
use lookfor::domain::event::said;
use lookfor::domain::id::{ClassId, EventId};
use lookfor::domain::people::{Place, Role};
use lookfor::sync::office::Invitation;
use rusqlite::params;
use serde_json::json;
use std::path::PathBuf;

pub(crate) const NOTICED: &str = "You named a purpose before the second read.";
const STUDENTS: &str = "They asked seven questions. I heard: “Is it the same bus both times?”";
const QUESTION: &str = "What made the pair by the window go back and read again?";
const CARDS: &str = "The question cards on each table.";

/// True when the bar at the bottom is there.
pub(crate) const WAYS: &str = "document.querySelector('nav.ways')";

/// A district with a visit that was written up, and people who come to read it.
pub(crate) struct After {
    pub(crate) district: District,
    pub(crate) proxy: Proxy,
    pub(crate) principal: Member,
    pub(crate) teacher: Member,
    pub(crate) coach: Member,
    pub(crate) colleague: Member,
    admin: Member,
    pub(crate) visit: EventId,
    pub(crate) spot: EventId,
}

impl After {
    pub(crate) async fn a_visit() -> Self {
        Self::with_web(web_folder()).await
    }

    /// With the web app in this folder.
    pub(crate) async fn with_web(web: PathBuf) -> Self {
        let server = TestServer::with(|config| config.web = Some(web)).await;
        let proxy = Proxy::start(server.url.trim_start_matches("http://"));
        let district = District::on(server);
        let principal = district.member(1, &[at_site(Role::Principal)]);
        let teacher = district.member(2, &[at_site(Role::Teacher)]);
        let coach = district.member(3, &[at_site(Role::Coach)]);
        let colleague = district.member(4, &[at_site(Role::Teacher)]);
        let admin = district.member(5, &[post(Role::Admin, Place::District)]);
        let people = [
            (&principal, "Pia Alvarez"),
            (&teacher, "Luz Ortega"),
            (&coach, "Cho Kim"),
            (&colleague, "Ned Haddad"),
        ];
        let connection = district.server.stored().0;
        for (member, name) in people {
            let row = params![name, member.person.0.as_bytes()];
            let sql = "update person set name = ?1 where id = ?2";
            connection.execute(sql, row).unwrap();
        }
        refresh(&connection, "people");
        // A class of that teacher, on the first screen of whoever visits.
        let class = ClassId::mint(1, [41; 10]);
        let body = json!({
            "id": class,
            "site": site(1),
            "school_year": 2027,
            "title": "Grade 5 mathematics",
            "teachers": [teacher.person],
        });
        let mut documents = of_form(&Form::three_reads());
        documents.push(("class", class.to_string(), body));
        publish(&district.server.data, &documents);
        let visit = principal.visit(named(&teacher), "I heard: “Is it the same bus both times?”");
        let visit = principal.says(&district.server, visit).await;
        let parts = [
            (said::FEEDBACK, NOTICED),
            (said::STUDENTS, STUDENTS),
            (said::QUESTION, QUESTION),
        ];
        let feedback = principal.seal(sent(visit), &parts);
        principal.says(&district.server, feedback).await;
        let spot = principal.seal(tagged(visit), &[(said::NOTE, CARDS)]);
        let spot = principal.says(&district.server, spot).await;
        district.settled().await;
        Self {
            district,
            proxy,
            principal,
            teacher,
            coach,
            colleague,
            admin,
            visit,
            spot,
        }
    }

    /// The app of a person, its first screen in view.
    pub(crate) async fn app(&self, browser: &Browser, whose: &Member) {
        browser.go(&self.link(whose).await).await;
        touch(browser, "#sign-in:enabled").await;
        browser.until(WAYS).await;
    }

    /// A link that signs a person in.
    pub(crate) async fn link(&self, whose: &Member) -> String {
        let path = format!("/api/v1/people/{}/invitation", whose.person);
        let said = self
            .admin
            .post(&self.district.server, &path, "null".into())
            .await;
        let link = serde_json::from_slice::<Invitation>(&said.body)
            .unwrap()
            .link;
        let (_, secret) = link.split_once("/join#").unwrap();
        format!("{}/join#{secret}", self.proxy.url())
    }

    /// Waits until the server has so many events of a kind.
    pub(crate) async fn has(&self, kind: &str, wanted: i64) {
        let sql = format!("select count(*) from event where kind = '{kind}'");
        self.district.until(&sql, wanted).await;
    }
}

pub(crate) fn shows(text: &str) -> String {
    format!("document.body.innerText.includes({text:?})")
}

pub(crate) fn hides(text: &str) -> String {
    format!("!document.body.innerText.includes({text:?})")
}

/// Touches the element that a selector finds.
pub(crate) async fn touch(browser: &Browser, selector: &str) {
    browser
        .until(&format!("document.querySelector({selector:?})"))
        .await;
    // As a finger does it, wherever the page has scrolled to; what lies over it would be touched instead.
    let script =
        format!("document.querySelector({selector:?}).scrollIntoView({{block: 'center'}})");
    browser.client.execute(&script, vec![]).await.unwrap();
    // What the feed brings may draw it anew between the look and the touch.
    for left in (0..5).rev() {
        let found = browser.client.find(Locator::Css(selector)).await.unwrap();
        match found.click().await {
            Ok(()) => return,
            Err(error) if left == 0 => panic!("{selector}: {error}"),
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
        }
    }
}

/// Goes to the page of the one who sits here, and where this line of it leads.
pub(crate) async fn way(browser: &Browser, name: &str) {
    touch(browser, "#way-Me").await;
    browser.press(name).await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
}

pub(crate) async fn quiet(browser: &Browser) {
    let log = browser.log().await;
    let loud = log
        .iter()
        .filter(|line| line.contains("Content Security Policy") || line.contains("panicked"));
    assert_eq!(loud.count(), 0, "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_reads_answers_and_decides_who_may_see_a_bright_spot() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let server = &after.district.server;
    let (driver, profile) = (Driver::start(), Profile::new());
    let phone = Browser::open(&driver, &profile, PHONE, "en-US").await;
    after.app(&phone, &after.teacher).await;
    way(&phone, "Visits to my class").await;
    phone.until(&shows("not read yet")).await;
    // A list is not the card: nothing was opened.
    after.has("feedback_opened", 0).await;
    let row = format!("[data-visit='{}']", after.visit);
    touch(&phone, &row).await;
    for words in [
        NOTICED,
        STUDENTS,
        QUESTION,
        CARDS,
        "Pia Alvarez",
        "not an evaluation",
    ] {
        phone.until(&shows(words)).await;
    }
    after.has("feedback_opened", 1).await;

    // Thanks is one touch; a reply is two and its words.
    touch(&phone, "#thank").await;
    phone.until(&shows("You said thank you.")).await;
    touch(&phone, "#write-reply").await;
    phone.until("document.activeElement.id === 'reply'").await;
    let field = phone.client.find(Locator::Css("#reply")).await.unwrap();
    field
        .send_keys("They heard a word they knew.")
        .await
        .unwrap();
    touch(&phone, "#send-reply").await;
    phone.until(&shows("They heard a word they knew.")).await;
    after.has("feedback_answered", 2).await;

    // Nobody asked; the teacher chooses, reads who would see it, and lets the school.
    touch(&phone, ".choose").await;
    phone.until(&shows("colleagues at the school")).await;
    touch(&phone, ".choose-school").await;
    phone.until(&shows("Your school may see it.")).await;
    after.has("permission_given", 1).await;
    after.district.settled().await;
    assert!(after.colleague.kinds(server).await.contains("bright_spot"));
    assert!(!after.colleague.kinds(server).await.contains("feedback"));
    touch(&phone, ".take-back").await;
    phone.until(&shows("You took it back.")).await;
    after.has("permission_withdrawn", 1).await;
    after.district.settled().await;
    assert!(!after.colleague.kinds(server).await.contains("bright_spot"));

    // Without a network: said at once, kept, still there after the page was loaded again, and sent by itself.
    after.proxy.set(Mode::Refuse);
    touch(&phone, ".categories button:nth-child(3)").await;
    let pressed = "document.querySelector('.categories [aria-pressed=true]')";
    phone.until(pressed).await;
    phone.client.refresh().await.unwrap();
    phone.until(WAYS).await;
    way(&phone, "Visits to my class").await;
    touch(&phone, &row).await;
    phone.until(pressed).await;
    phone
        .until(&shows("Kept on this device. It goes out by itself."))
        .await;
    after.has("support_wanted", 0).await;
    after.proxy.set(Mode::Open);
    after.has("support_wanted", 1).await;
    phone.until(&hides("It goes out by itself.")).await;

    // Everything that was recorded is one touch away, with what was not looked for.
    touch(&phone, "#everything").await;
    phone.until(&shows("Each read has a purpose")).await;
    phone.until(&shows("Partly")).await;
    quiet(&phone).await;
    phone.close().await;

    // The observer sees what came of it; the coach closes the call in one touch and can undo that.
    let kinds = after.principal.documents(server).await;
    let text = serde_json::to_string(&kinds).unwrap();
    assert!(text.contains("They heard a word they knew."));
    let profile = Profile::new();
    let laptop = Browser::open(&driver, &profile, (1180, 820), "en-US").await;
    after.app(&laptop, &after.coach).await;
    way(&laptop, "Support wanted").await;
    laptop.until(&shows("Luz Ortega")).await;
    laptop.until(&shows("Seeing it done")).await;
    touch(&laptop, ".was-given").await;
    laptop.until(&shows("Nobody waits for support.")).await;
    after.has("support_given", 1).await;
    touch(&laptop, ".undo").await;
    laptop.until(&hides("Nobody waits for support.")).await;
    after.has("support_wanted", 2).await;
    touch(&laptop, "#back").await;
    way(&laptop, "Bright spots").await;
    laptop.until(&shows(CARDS)).await;
    laptop.until(&shows("taken back")).await;
    laptop.until(&hides(NOTICED)).await;
    quiet(&laptop).await;
    laptop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_written_from_what_was_marked_without_a_network_and_sent_in_two_touches() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = Browser::open(&driver, &profile, TABLET, "en-US").await;
    after.app(&tablet, &after.principal).await;
    tablet.until(START).await;
    after.proxy.set(Mode::Refuse);
    begin(&tablet).await;
    tablet.press("Partly").await;
    tablet.until(KEPT).await;
    send(&tablet).await;
    tablet.press("What came of it").await;
    touch(&tablet, "#write").await;
    let draft = "document.querySelector('#part-noticed').value.includes('I saw some of this')";
    tablet
        .until("document.querySelector('#part-noticed')")
        .await;
    tablet.until(draft).await;
    // A stem is added with one touch; a word that judges gets an offer and blocks nothing.
    let field = tablet
        .client
        .find(Locator::Css("#part-students"))
        .await
        .unwrap();
    field.send_keys("Great talk.").await.unwrap();
    tablet.until(&shows("What did you see or hear?")).await;
    tablet
        .until("!document.querySelector('#send').disabled")
        .await;
    tablet.press("I noticed students…").await;
    tablet
        .until(
            "document.querySelector('#part-students').value === 'Great talk. I noticed students…'",
        )
        .await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    tablet.until(&shows("Kept on this device.")).await;
    tablet.client.refresh().await.unwrap();
    tablet.until(START).await;
    after.proxy.set(Mode::Open);
    after.has("feedback_sent", 2).await;
    tablet.press("What came of it").await;
    tablet.until(&shows("Not opened yet.")).await;
    // One touch tags what another room could borrow, one more asks the teacher.
    touch(&tablet, ".tag").await;
    touch(&tablet, ".ask-teacher").await;
    tablet.until(&shows("asked, no answer yet")).await;
    after.has("permission_asked", 1).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screens_after_a_visit_fit_every_device_in_both_languages() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let ask = crate::facts::asked(after.visit, after.spot);
    let ask = after.coach.seal(ask, &[]);
    after.coach.says(&after.district.server, ask).await;
    after.district.settled().await;
    let driver = Driver::start();
    for (name, size, language, light) in [
        ("phone-small", (320, 568), "es", "light"),
        ("phone", PHONE, "en-US", "light"),
        ("phone-dark", PHONE, "es", "dark"),
        ("tablet", TABLET, "es", "light"),
        ("laptop", (1180, 820), "en-US", "dark"),
    ] {
        let spanish = language == "es";
        let word = |english, spanish_word| if spanish { spanish_word } else { english };
        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        let media = serde_json::json!({"features": [
            {"name": "prefers-color-scheme", "value": light},
        ]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        after.app(&browser, &after.teacher).await;
        way(&browser, word("Visits to my class", "Visitas a mi clase")).await;
        look(&browser, ".whole-row", &format!("{name}-1-about-me")).await;
        touch(&browser, ".whole-row").await;
        look(&browser, ".choose-keep", &format!("{name}-2-card")).await;
        touch(&browser, "#write-reply").await;
        look(&browser, "#reply", &format!("{name}-3-reply")).await;
        touch(&browser, "#everything").await;
        look(&browser, ".record", &format!("{name}-4-record")).await;
        browser.close().await;

        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        let media = serde_json::json!({"features": [
            {"name": "prefers-color-scheme", "value": light},
        ]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        after.app(&browser, &after.coach).await;
        way(&browser, word("Bright spots", "Puntos brillantes")).await;
        look(&browser, ".spot-card", &format!("{name}-5-bright-spots")).await;
        touch(&browser, "#back").await;
        way(&browser, word("Support wanted", "Apoyo pedido")).await;
        look(&browser, "main .card", &format!("{name}-6-support")).await;
        touch(&browser, "#back").await;
        touch(&browser, "#way-Today").await;
        begin(&browser).await;
        touch(&browser, ".choice").await;
        browser.until(KEPT).await;
        send(&browser).await;
        browser
            .press(word("What came of it", "Lo que resultó"))
            .await;
        look(&browser, "#write", &format!("{name}-7-own-record")).await;
        touch(&browser, "#write").await;
        browser
            .until("document.querySelector('#part-noticed')")
            .await;
        let field = browser
            .client
            .find(Locator::Css("#part-noticed"))
            .await
            .unwrap();
        field
            .send_keys(word(" Great.", " Excelente."))
            .await
            .unwrap();
        browser
            .until("document.querySelector('#part-noticed-instead').innerText")
            .await;
        look(&browser, "#send", &format!("{name}-8-feedback")).await;
        touch(&browser, "#send").await;
        look(&browser, "#sent", &format!("{name}-9-sent")).await;
        browser.close().await;
    }
}

/// Nothing is too small or outside, and a picture of the whole page.
pub(crate) async fn look(browser: &Browser, there: &str, name: &str) {
    browser
        .until(&format!("document.querySelector({there:?})"))
        .await;
    assert_eq!(browser.eval(MISFITS).await, serde_json::json!([]), "{name}");
    browser.whole_picture(&format!("after-{name}")).await;
}
