//! The first pilot, from a server on which nobody is to the first visit on the server: an admin with the link of the
//! start, five pasted lines, links that are handed over, and a visit to a class that is likely, in real browsers on
//! real pages.

use crate::school::{KEPT, newest_is};
use crate::server::Stored;
use crate::support::browser::{Browser, Driver, LAPTOP, PHONE, Profile, TABLET};
use crate::support::enter::{START, send};
use crate::support::program::Program;
use crate::support::web_folder;
use fantoccini::Locator;
use serde_json::Value;

/// Five teachers, as somebody has them.
const PASTED: &str = "Ana Núñez <ana@vista.example>\nEva Lee; eva@vista.example\n\
                      Wilhelmina Ortega, wil@vista.example\n4. Bao Tran bao@vista.example\n\
                      Dee Haddad\tdee@vista.example";
const IDEA: &str = "three-reads";
const CLASS: &str = "Grade 5 mathematics";

/// True when the bar at the bottom of the app is there.
const WAYS: &str = "document.querySelector('nav.ways')";

fn there(selector: &str) -> String {
    format!("document.querySelector({selector:?})")
}

fn shows(text: &str) -> String {
    format!("document.body.innerText.includes({text:?})")
}

/// Touches what a selector finds, as a finger does.
async fn touch(browser: &Browser, selector: &str) {
    browser.until(&there(selector)).await;
    let script = format!("{}.scrollIntoView({{block: 'center'}})", there(selector));
    browser.client.execute(&script, vec![]).await.unwrap();
    let found = browser.client.find(Locator::Css(selector)).await.unwrap();
    found.click().await.unwrap();
}

async fn type_in(browser: &Browser, selector: &str, text: &str) {
    browser.until(&there(selector)).await;
    let field = browser.client.find(Locator::Css(selector)).await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// Chooses the option whose words hold this text.
async fn choose(browser: &Browser, selector: &str, words: &str) {
    browser.until(&there(selector)).await;
    let found = format!(
        "[...{}.options].find((one) => one.text.includes({words:?})).value",
        there(selector)
    );
    let value = browser.eval(&found).await;
    let list = browser.client.find(Locator::Css(selector)).await.unwrap();
    list.select_by_value(value.as_str().unwrap()).await.unwrap();
}

/// The links that a page shows to be handed over, in a field or on a strip.
async fn links(browser: &Browser) -> Vec<String> {
    const LINKS: &str = "[...document.querySelectorAll('textarea, code')] \
                         .map((one) => one.value || one.textContent).filter((one) => one.includes('/join#'))";
    browser.until(&format!("{LINKS}.length")).await;
    let links = browser.eval(LINKS).await;
    serde_json::from_value(links).unwrap()
}

/// Signs in with a link, on a device that nobody used before.
async fn sign_in(driver: &Driver, profile: &Profile, size: (u32, u32), link: &str) -> Browser {
    let browser = Browser::open(driver, profile, size, "en-US").await;
    browser.go(link).await;
    touch(&browser, "#sign-in:enabled").await;
    browser.until(WAYS).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_folder_to_a_first_visit_through_the_pages_that_people_use() {
    let _alone = crate::one_browser_at_a_time().await;
    let data = tempfile::tempdir().unwrap();
    let server = Program::start(data.path(), &web_folder());
    let url = format!("http://{}", server.address);
    let driver = Driver::start();
    let profiles = [Profile::new(), Profile::new(), Profile::new()];

    // The one who started it signs in with the link of the start, and goes to the office.
    let first = format!("{url}/join#{}", server.first_secret());
    let laptop = sign_in(&driver, &profiles[0], LAPTOP, &first).await;
    touch(&laptop, "#way-Me").await;
    touch(&laptop, "#office").await;
    touch(&laptop, "form button.primary").await;
    laptop.until(&there("a[href='/office/pilot']")).await;

    // A pilot: five lines, a school, an idea, one button.
    touch(&laptop, "a[href='/office/pilot']").await;
    type_in(&laptop, "#people", &PASTED.replace('\t', " ")).await;
    type_in(&laptop, "#site_name", "Vista School").await;
    choose(&laptop, "#idea", "Three reads").await;
    touch(&laptop, "form[action='/office/pilot'] button.primary").await;
    let invitations = links(&laptop).await;
    assert_eq!(invitations.len(), 5);

    // Who visits: the principal of that school.
    touch(&laptop, "a[href='/office/people']").await;
    touch(&laptop, "a[href='/office/people/add']").await;
    type_in(&laptop, "#name", "Pia Alvarez").await;
    choose(&laptop, "#role", "Principal").await;
    choose(&laptop, "#place", "Vista School").await;
    touch(&laptop, "form[action='/office/people/add'] button.primary").await;
    touch(&laptop, "form[action$='/invitation'] button").await;
    let of_principal = links(&laptop).await;
    assert_eq!(of_principal.len(), 1);

    // Whom: a class of the first of the five.
    touch(&laptop, "a[href='/office/sites']").await;
    touch(&laptop, "a[href^='/office/sites/']").await;
    touch(&laptop, "a[href$='/classes/add']").await;
    type_in(&laptop, "#title", CLASS).await;
    let teacher = "//label[contains(., 'Ana Núñez')]";
    let teacher = laptop.client.find(Locator::XPath(teacher)).await;
    teacher.unwrap().click().await.unwrap();
    touch(&laptop, "form[action$='/classes/add'] button.primary").await;
    laptop.until(&shows(CLASS)).await;
    let log = laptop.log().await;
    let loud = |line: &&String| line.contains("Content Security Policy") || line.contains("panic");
    assert_eq!(log.iter().filter(loud).count(), 0, "{log:?}");
    laptop.close().await;

    // The teacher and the principal sign in by their links; the principal visits the class that is likely.
    let phone = sign_in(&driver, &profiles[1], PHONE, &invitations[0]).await;
    let tablet = sign_in(&driver, &profiles[2], TABLET, &of_principal[0]).await;
    tablet.until(START).await;
    tablet.until(&shows(CLASS)).await;
    tablet.until(&shows("Ana Núñez")).await;
    touch(&tablet, ".start").await;
    touch(&tablet, "main.form .choice").await;
    tablet.until(KEPT).await;
    send(&tablet).await;
    tablet.until(&newest_is("on-the-server")).await;

    // It is one record of that class, and its teacher has it.
    touch(&phone, "#way-ForYou").await;
    phone.until(&there("[data-visit]")).await;
    let sql = "select count(*), min(json_extract(body, '$.data.form.key')) \
               from event where kind = 'walkthrough_submitted'";
    let stored = Stored::in_folder(data.path()).0;
    let row = stored.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
    let visits: (u32, String) = row.unwrap();
    assert_eq!(visits, (1, IDEA.to_owned()));
    assert_eq!(
        phone
            .eval("document.querySelectorAll('[data-visit]').length")
            .await,
        Value::from(1)
    );
    tablet.close().await;
    phone.close().await;
}
