//! What the agreement says before, during and after a visit, what can be taken back, and what a coach does with bright
//! spots: in real browsers against a real server.

use crate::card_app::{After, hides, look, quiet, shows, touch, way};
use crate::district::refresh;
use crate::facts::{asked, given, named, wanted};
use crate::school::KEPT;
use crate::support::browser::{Browser, Driver, LAPTOP, PHONE, Profile, TABLET};
use crate::support::enter::{START, begin, send};
use lookfor::domain::act::bright_spot::Circle;
use lookfor::domain::act::support::Category;
use rusqlite::params;

/// The page's clocks go on so many minutes from their own time.
fn later(minutes: f64) -> String {
    format!(
        "(() => {{ const Own = globalThis.OwnDate ??= Date; const off = {minutes} * 60000; \
         const steady = globalThis.steady ??= performance.now.bind(performance); \
         performance.now = () => steady() + off; \
         globalThis.Date = class extends Own {{ \
             constructor(...at) {{ at.length ? super(...at) : super(Own.now() + off); }} \
             static now() {{ return Own.now() + off; }} }}; return true; }})()"
    )
}

async fn light(browser: &Browser, light: &str) {
    let media = serde_json::json!({"features": [{"name": "prefers-color-scheme", "value": light}]});
    browser.cdp("Emulation.setEmulatedMedia", media).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_reads_at_the_door_what_was_agreed_and_afterwards_what_to_do() {
    let _alone = crate::one_browser_at_a_time().await;
    let driver = Driver::start();
    for (name, size, language, shade) in [
        ("tablet", TABLET, "en-US", "light"),
        ("phone", PHONE, "es", "dark"),
        ("laptop", LAPTOP, "en-US", "dark"),
    ] {
        let after = After::a_visit().await;
        let word = |english, spanish| if language == "es" { spanish } else { english };
        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        light(&browser, shade).await;
        after.app(&browser, &after.colleague).await;
        touch(&browser, "#way-Today").await;
        let ask = shows(word("Ask first:", "Pregunte primero:"));
        browser.until(&ask).await;
        look(&browser, ".start", &format!("{name}-agreed-1-before")).await;

        // It stands in nobody's way.
        begin(&browser).await;
        browser.press(word("3 of us", "Somos 3")).await;
        browser
            .until(&shows(word("from 3 visitors on", "desde 3 visitantes")))
            .await;
        for (minutes, pace) in [(9.5, "ending"), (12.0, "over")] {
            browser.eval(&later(minutes)).await;
            browser
                .until(&format!("document.querySelector('[data-pace={pace}]')"))
                .await;
            look(&browser, "#pace", &format!("{name}-agreed-2-{pace}")).await;
        }
        touch(&browser, ".choice").await;
        browser.until(KEPT).await;
        touch(&browser, "#done").await;
        look(
            &browser,
            "main > .agreed",
            &format!("{name}-agreed-3-review"),
        )
        .await;
        touch(&browser, "#back").await;
        send(&browser).await;

        // What became of it, and what to do about it.
        let why = word("You came as a colleague", "Usted fue como colega");
        browser.until(&shows(why)).await;
        look(&browser, ".came", &format!("{name}-agreed-4-list")).await;
        browser
            .press(word("What came of it", "Lo que resultó"))
            .await;
        look(&browser, "#not-agreed", &format!("{name}-agreed-5-record")).await;
        assert_eq!(
            browser.eval("!document.querySelector('#write')").await,
            true
        );
        quiet(&browser).await;
        browser.close().await;

        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        light(&browser, shade).await;
        after.app(&browser, &after.teacher).await;
        touch(&browser, "#way-ForYou").await;
        let row = format!(".whole-row:not([data-visit='{}'])", after.visit);
        touch(&browser, &row).await;
        look(&browser, "#not-agreed", &format!("{name}-agreed-6-card")).await;
        let told = word(
            "A colleague visited without your yes",
            "sin que usted dijera que sí",
        );
        browser.until(&shows(told)).await;
        browser.close().await;

        // She says yes: her colleague's tablet knows it before the next visit, by itself.
        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        after.app(&browser, &after.colleague).await;
        touch(&browser, "#way-Today").await;
        browser.until(&ask).await;
        let connection = after.district.server.stored().0;
        let sql = "update person set peer_visits = 1 where id = ?1";
        let teacher = params![after.teacher.person.0.as_bytes()];
        connection.execute(sql, teacher).unwrap();
        refresh(&connection, "people");
        after.district.settled().await;
        browser.client.refresh().await.unwrap();
        touch(&browser, "#way-Today").await;
        browser
            .until(&format!("({START}) && ({})", hides("Ask first:")))
            .await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_just_done_is_taken_back_in_time_and_said_when_the_page_is_gone() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = Browser::open(&driver, &profile, TABLET, "en-US").await;
    after.app(&tablet, &after.principal).await;
    tablet.until(START).await;

    // Not today, and after all today.
    touch(&tablet, ".not-today").await;
    touch(&tablet, "[data-why='Test']").await;
    tablet.until(&shows("Off the list for today")).await;
    tablet.until(&format!("!({START})")).await;
    tablet.press("Undo").await;
    tablet.until(START).await;

    // Feedback comes back to be changed, with its words.
    begin(&tablet).await;
    tablet.press("Partly").await;
    tablet.until(KEPT).await;
    send(&tablet).await;
    tablet.press("Write feedback").await;
    let field = "document.querySelector('#part-noticed')";
    tablet
        .until(&format!("{field}.value.includes('I saw some of this')"))
        .await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is on its way.")).await;
    look(&tablet, "#sent", "tablet-undo-feedback").await;
    tablet.press("Undo").await;
    tablet
        .until(&format!("{field}.value.includes('I saw some of this')"))
        .await;
    after.has("feedback_sent", 1).await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    // The page is gone before the seconds are over: it is said.
    tablet.client.refresh().await.unwrap();
    after.has("feedback_sent", 2).await;
    after.has("class_missed", 0).await;
    quiet(&tablet).await;
    tablet.close().await;

    let profile = Profile::new();
    let phone = Browser::open(&driver, &profile, PHONE, "es").await;
    light(&phone, "dark").await;
    after.app(&phone, &after.teacher).await;
    touch(&phone, "#way-ForYou").await;
    let row = format!("[data-visit='{}']", after.visit);
    touch(&phone, &row).await;
    touch(&phone, "#thank").await;
    phone.until(&shows("Usted dio las gracias.")).await;
    look(&phone, "#answers", "phone-undo-thanks").await;
    phone.press("Deshacer").await;
    phone.until("!document.querySelector('#answers')").await;
    after.has("feedback_answered", 0).await;
    // Without touching anything more it is said, after some seconds.
    touch(&phone, "#thank").await;
    after.has("feedback_answered", 1).await;
    quiet(&phone).await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_puts_a_permitted_spot_under_a_practice_and_finds_who_could_borrow_it() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let server = &after.district.server;
    let ask = after.coach.seal(asked(after.visit, after.spot), &[]);
    let question = after.coach.says(server, ask).await;
    let yes = given(after.visit, after.spot, question, Circle::Site);
    let yes = after.teacher.seal(yes, &[]);
    after.teacher.says(server, yes).await;
    // Somebody else would like to see it done.
    let visit = after
        .principal
        .visit(named(&after.colleague), "They began at once.");
    let visit = after.principal.says(server, visit).await;
    let call = after
        .principal
        .seal(wanted(visit, Category::Modelling), &[]);
    after.principal.says(server, call).await;
    after.district.settled().await;
    let driver = Driver::start();
    for (name, size, language, shade) in [
        ("laptop", LAPTOP, "en-US", "light"),
        ("tablet", TABLET, "es", "dark"),
        ("phone", PHONE, "en-US", "light"),
    ] {
        let word = |english, spanish| if language == "es" { spanish } else { english };
        let profile = Profile::new();
        let browser = Browser::open(&driver, &profile, size, language).await;
        light(&browser, shade).await;
        after.app(&browser, &after.coach).await;
        way(&browser, word("Bright spots", "Puntos brillantes")).await;
        touch(&browser, "details.more:not(.practices) > summary").await;
        browser.until(&shows("Ned Haddad")).await;
        browser
            .until(&shows(word(
                "asked for: seeing it done",
                "pidió: ver cómo se hace",
            )))
            .await;
        look(&browser, ".practices", &format!("{name}-coach-1-spot")).await;
        let practice = "document.querySelector('.visits > .heading')?.innerText";
        if name == "laptop" {
            touch(&browser, ".practice").await;
            browser
                .until(&format!("{practice}.includes('Each read has a purpose')"))
                .await;
            look(&browser, ".practices", &format!("{name}-coach-2-filed")).await;
            browser.press("Undo").await;
            browser
                .until(&format!("{practice}.includes('Something else')"))
                .await;
            after.has("bright_spot_filed", 0).await;
            touch(&browser, ".practice").await;
            after.has("bright_spot_filed", 1).await;
            after.district.settled().await;
        } else {
            let filed = word("Each read has a purpose", "Cada lectura tiene un propósito");
            browser
                .until(&format!("{practice}.includes({filed:?})"))
                .await;
        }
        touch(&browser, "#back").await;
        way(&browser, word("Support wanted", "Apoyo pedido")).await;
        browser
            .until(&shows(word("Three reads", "Tres lecturas")))
            .await;
        look(&browser, ".was-given", &format!("{name}-coach-3-support")).await;
        quiet(&browser).await;
        browser.close().await;
    }
    // Whoever reads the spot with the teacher's permission reads nobody's call for support with it.
    assert!(!after.teacher.kinds(server).await.contains("support"));
}
