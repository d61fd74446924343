//! The form at walking speed: a visit with every kind of look-for, in a real browser against a real server.

use crate::page::MISFITS;
use crate::school::{FORM, INSTALLED, KEPT, School, newest_is};
use crate::support::browser::{Browser, PHONE, TABLET};
use crate::support::device::DeviceStore;
use crate::support::enter::{START, begin};
use crate::support::forms::{of_class, of_form, publish};
use crate::support::proxy::Mode;
use fantoccini::Locator;
use lookfor::domain::agreement::Agreement;
use lookfor::domain::collect::samples::every_kind;
use lookfor::domain::collect::walkthrough::{Walkthrough, Whom};
use lookfor::domain::event::{Body, Fact};
use serde_json::{Value, json};

/// What the observer heard; it must be in words and nowhere else.
const HEARD: &str = "I heard we drew it first";

/// A school with the form of every kind, three classes, and an agreement.
fn school(names: bool) -> School {
    let school = School::empty();
    let mut documents = of_form(&every_kind());
    for (number, name) in (1..).zip(["Ortega", "Whitfield", "Nakamura"]) {
        documents.extend(of_class(
            number,
            name,
            &format!("Grade {} mathematics", number + 3),
        ));
    }
    let agreement = Agreement {
        version: 2,
        names,
        ..Agreement::first()
    };
    documents.push(("agreement", "2".into(), json!(agreement)));
    publish(school.data.path(), &documents);
    school
}

async fn touch(browser: &Browser, selector: &str) {
    browser
        .until(&format!("document.querySelector({selector:?})"))
        .await;
    click(browser, Locator::Css(selector)).await;
}

/// Clicks what is found, in the middle of the screen, where nothing docked covers it.
async fn click(browser: &Browser, locator: Locator<'_>) {
    let found = browser.client.find(locator).await.unwrap();
    let middle = "arguments[0].scrollIntoView({block: 'center'})";
    let element = serde_json::to_value(&found).unwrap();
    browser.client.execute(middle, vec![element]).await.unwrap();
    found.click().await.unwrap();
}

/// The button with this text within the look-for at this place.
async fn press(browser: &Browser, place: usize, name: &str) {
    let path = format!("//*[@id='look-for-{place}']//button[normalize-space()={name:?}]");
    click(browser, Locator::XPath(&path)).await;
}

/// A button of the docked tool at this place of the dock.
fn tool(place: usize, button: &str) -> String {
    format!(".tools .tool:nth-child({place}) {button}")
}

fn walkthrough(rows: &[crate::server::Row]) -> Walkthrough {
    let read = rows.iter().map(|row| {
        let body: Body = serde_json::from_slice(&row.body).unwrap();
        body.read().unwrap().unwrap()
    });
    let mut found = read.filter_map(|fact| match fact {
        Fact::WalkthroughSubmitted(walkthrough) => Some(walkthrough),
        _ => None,
    });
    found.next().unwrap()
}

fn kinds(rows: &[crate::server::Row]) -> Vec<String> {
    let kind = |row: &crate::server::Row| serde_json::from_slice::<Body>(&row.body).unwrap().kind;
    rows.iter().map(kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_recorded_in_few_taps_killed_resumed_and_sent_with_what_was_said() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = school(true);
    let browser = school.window("en-US").await;
    school.arrive(&browser).await;
    browser.until(INSTALLED).await;
    browser.picture("form-1-today").await;
    school.proxy.set(Mode::Refuse);

    // One tap starts the visit, the second is counted already.
    touch(&browser, START.split('\'').nth(1).unwrap()).await;
    browser.until(FORM).await;
    press(&browser, 0, "second read").await;
    press(&browser, 1, "Seen").await;
    for _ in 0..3 {
        touch(&browser, &tool(1, ".more")).await;
    }
    touch(&browser, &tool(1, ".less")).await;
    touch(&browser, &tool(2, ".run")).await;
    press(&browser, 4, "3").await;
    let of = "//*[@id='look-for-4']//*[@class='strip'][2]//button[normalize-space()='5']";
    click(&browser, Locator::XPath(of)).await;
    touch(&browser, "#look-for-5 .tool:nth-child(1) .more").await;
    touch(&browser, "#look-for-5 .tool:nth-child(2) .more").await;
    browser.until(KEPT).await;
    browser.picture("form-2-half").await;

    // Every process is killed; opened again the form is there, and the timer has gone on.
    school.profile.kill();
    drop(browser);
    let browser = school.window("en-US").await;
    browser.go(&school.proxy.url()).await;
    browser.until(FORM).await;
    browser
        .until("document.querySelector('[data-running=true]')")
        .await;
    assert_eq!(
        browser
            .eval("document.querySelector('.tools .figure').textContent")
            .await,
        "2"
    );
    press(&browser, 6, "clarify").await;
    press(&browser, 6, "build on").await;
    press(&browser, 7, "students carry it, teacher only asks").await;
    // A wrong tap is taken back.
    press(&browser, 1, "Not seen").await;
    touch(&browser, "#undo").await;
    touch(&browser, "#bright").await;
    touch(&browser, "#to-note").await;
    browser.until("document.activeElement.id === 'note'").await;
    let note = browser.client.find(Locator::Css("#note")).await.unwrap();
    note.send_keys(HEARD).await.unwrap();
    browser.until(KEPT).await;
    browser.picture("form-3-full").await;

    touch(&browser, "#done").await;
    browser.until("document.querySelector('#send')").await;
    let text = browser
        .eval("document.querySelector('main').innerText")
        .await;
    let text = text.as_str().unwrap();
    for recorded in [
        "second read",
        "Seen",
        "2 times",
        "3 of 5",
        "clarify, build on",
        HEARD,
    ] {
        assert!(text.contains(recorded), "{recorded} in {text}");
    }
    browser.press("the content itself").await;
    browser.picture("form-4-review").await;
    touch(&browser, "#send").await;
    browser.until(&newest_is("on-this-device")).await;
    school.proxy.set(Mode::Open);
    browser.until(&newest_is("on-the-server")).await;
    browser.picture("form-5-sent").await;

    let rows = school.rows();
    assert_eq!(
        kinds(&rows),
        [
            "walkthrough_submitted",
            "bright_spot_tagged",
            "support_wanted"
        ]
    );
    let visit = walkthrough(&rows);
    assert_eq!(
        visit.rated.len(),
        8,
        "every core look-for: {:?}",
        visit.rated
    );
    assert_eq!(visit.schema(), 3);
    let setting = visit.setting.unwrap();
    assert!(matches!(setting.whom, Whom::Named { class: Some(_), .. }));
    assert_eq!((setting.observers, setting.agreement), (1, 2));
    let bodies: Vec<String> = rows
        .iter()
        .map(|row| String::from_utf8_lossy(&row.body).into_owned())
        .collect();
    assert!(bodies.iter().all(|body| !body.contains(HEARD)));

    let violations = browser.log().await;
    let violations = violations
        .iter()
        .filter(|line| line.contains("Content Security Policy") || line.contains("panicked"));
    assert_eq!(violations.count(), 0);
    browser.close().await;
    school.profile.kill();
    let device = DeviceStore::of(&school.profile);
    assert_eq!(device.events().len(), 3);
    let counted = "select count(*) from tap";
    let taps: u32 = device.0.query_row(counted, [], |row| row.get(0)).unwrap();
    assert!(taps >= 17, "the whole history is in the log: {taps}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_forms_name_nobody_the_teacher_gets_a_code_and_the_record_its_hash() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = school(false);
    let browser = school.window("en-US").await;
    school.arrive(&browser).await;
    begin(&browser).await;
    press(&browser, 1, "Seen").await;
    browser.until(KEPT).await;
    let heading = browser.eval("document.querySelector('h1').innerText").await;
    assert_eq!(heading, "Visit 1");
    touch(&browser, "#done").await;
    touch(&browser, "#send").await;
    browser.until(&newest_is("on-the-server")).await;
    browser.until("document.querySelector('.code')").await;
    browser.picture("form-code").await;
    let code = browser
        .eval("document.querySelector('.code').textContent")
        .await;
    let code = lookfor::domain::claim::ClaimCode::typed(code.as_str().unwrap()).unwrap();
    let claim_sha256 = code.sha256();
    let setting = walkthrough(&school.rows()).setting.unwrap();
    assert_eq!(setting.whom, Whom::Numbered { claim_sha256 });
    browser.close().await;
    school.profile.kill();
    let device = DeviceStore::of(&school.profile);
    let sql =
        "select coalesce(class, '') || coalesce(teacher, '') || coalesce(lesson, '') from draft";
    let said: String = device.0.query_row(sql, [], |row| row.get(0)).unwrap();
    let teacher = crate::support::forms::teacher(1).to_string();
    assert!(!said.contains(&teacher), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_class_is_mended_in_two_taps_and_a_visit_laid_down_is_gone_on_with() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = school(true);
    let browser = school.window("en-US").await;
    school.arrive(&browser).await;
    begin(&browser).await;
    press(&browser, 1, "Partly").await;
    touch(&browser, ".change-class").await;
    browser.press("This one").await;
    browser.until(FORM).await;
    browser.until(KEPT).await;
    let name = browser.eval("document.querySelector('h1').innerText").await;
    touch(&browser, "#back").await;
    browser.until("document.querySelector('.go-on')").await;
    browser.picture("form-laid-down").await;
    // Put away, and taken out again.
    touch(&browser, ".put-away").await;
    browser.until("!document.querySelector('.go-on')").await;
    browser.press("Undo").await;
    touch(&browser, ".go-on").await;
    browser.until(FORM).await;
    assert_eq!(
        browser.eval("document.querySelector('h1').innerText").await,
        name
    );
    // Somebody who is on no list.
    touch(&browser, "#back").await;
    touch(&browser, "#another-class").await;
    let search = browser.client.find(Locator::Css("#search")).await.unwrap();
    search.send_keys("zz").await.unwrap();
    browser.until("!document.querySelector('.class')").await;
    browser.picture("form-search").await;
    let field = browser.client.find(Locator::Css("#name")).await.unwrap();
    field.send_keys("Mx. Newcomer").await.unwrap();
    browser.press("Add and start").await;
    browser.until(FORM).await;
    assert_eq!(
        browser.eval("document.querySelector('h1').innerText").await,
        "Mx. Newcomer"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screens_of_a_visit_fit_every_device_in_both_languages() {
    let _alone = crate::one_browser_at_a_time().await;
    for (name, size, language, colours) in [
        ("phone-small", (320, 568), "es", "light"),
        ("phone", PHONE, "en-US", "dark"),
        ("tablet", TABLET, "en-US", "light"),
        ("tablet-dark", TABLET, "es", "dark"),
        ("landscape", (1180, 820), "es", "light"),
    ] {
        let school = school(true);
        let browser = Browser::open(&school.driver, &school.profile, size, language).await;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": colours}]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        school.arrive(&browser).await;
        let look = async |what: &str| {
            let found: Value = browser.eval(MISFITS).await;
            browser.picture(&format!("form-{name}-{what}")).await;
            assert_eq!(found, json!([]), "{name}, {what}");
        };
        look("1-today").await;
        begin(&browser).await;
        look("2-form").await;
        // Everything is touched once, so that each kind shows what it looks like when it is marked.
        let all = "[...document.querySelectorAll('main .look-for')].forEach((card) => \
                   card.querySelector('.choice, .more, .run')?.click())";
        browser.client.execute(all, vec![]).await.unwrap();
        browser.until(KEPT).await;
        for (part, scroll) in [(3, 0.0), (4, 0.33), (5, 0.66), (6, 1.0)] {
            let script = format!("scrollTo(0, document.documentElement.scrollHeight * {scroll})");
            browser.client.execute(&script, vec![]).await.unwrap();
            look(&format!("{part}-form")).await;
        }
        touch(&browser, "#done").await;
        browser.until("document.querySelector('#send')").await;
        look("7-review").await;
        touch(&browser, "#send").await;
        browser.until(&newest_is("on-the-server")).await;
        look("8-sent").await;
        touch(&browser, "#another-class").await;
        browser.until("document.querySelector('#name')").await;
        look("9-classes").await;
        browser.close().await;
    }
}
