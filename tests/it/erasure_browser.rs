//! Erasure in a browser: after it has arrived, the words are in no byte of any file of the browser's profile.
//!
//! The app keeps its store in the origin's private file system, which a browser keeps as plain files in the
//! profile, beside whatever else it writes down about a page by itself.

use crate::district::{District, at_site, post, refresh, site};
use crate::school::KEPT;
use crate::server::TestServer;
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::enter::{arrive, begin, send};
use crate::support::forms::{of_form, publish};
use crate::support::{eventually, web_folder};
use fantoccini::Locator;
use lookfor::domain::collect::form::Form;
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::id::{ClassId, EventId};
use lookfor::domain::people::{Place, Role};
use lookfor::sync::office::Invitation;
use serde_json::json;

/// What is typed: the note of the visit, what was noticed, and the reply that is never sent.
const NOTE: &str = "quokka by the window";
const NOTICED: &str = "ocelot at the board";
/// What is typed and stays: the note of a bright spot.
const KEPT_NOTE: &str = "pangolin on each table";

async fn touch(browser: &Browser, selector: &str) {
    browser
        .until(&format!("document.querySelector({selector:?})"))
        .await;
    let script =
        format!("document.querySelector({selector:?}).scrollIntoView({{block: 'center'}})");
    browser.client.execute(&script, vec![]).await.unwrap();
    let found = browser.client.find(Locator::Css(selector)).await.unwrap();
    found.click().await.unwrap();
}

async fn write(browser: &Browser, selector: &str, text: &str) {
    browser
        .until(&format!("document.querySelector({selector:?})"))
        .await;
    let field = browser.client.find(Locator::Css(selector)).await.unwrap();
    field.send_keys(text).await.unwrap();
}

fn ids(district: &District, kind: &str) -> Vec<EventId> {
    let connection = district.server.stored().0;
    let sql = "select json_extract(body, '$.id') from event where kind = ?1";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([kind], |row| row.get::<_, String>(0));
    rows.unwrap()
        .map(|id| id.unwrap().parse().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_is_in_no_file_of_the_browsers_profile() {
    let _alone = crate::one_browser_at_a_time().await;
    let server = TestServer::with(|config| config.web = Some(web_folder())).await;
    let district = District::on(server);
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let admin = district.member(5, &[post(Role::Admin, Place::District)]);
    refresh(&district.server.stored().0, "people");
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
    district.settled().await;

    // A visit with a note, written up, and a bright spot.
    let (driver, profile) = (Driver::start(), Profile::new());
    let browser = Browser::open(&driver, &profile, TABLET, "en-US").await;
    let invitation = format!("/api/v1/people/{}/invitation", observer.person);
    let said = admin.post(&district.server, &invitation, "null".into());
    let link = serde_json::from_slice::<Invitation>(&said.await.body).unwrap();
    let secret = link.link.split_once("/join#").unwrap().1.to_owned();
    arrive(&browser, &district.server.url, || secret).await;
    begin(&browser).await;
    touch(&browser, ".choice").await;
    browser.until(KEPT).await;
    touch(&browser, "#to-note").await;
    write(&browser, "#note", NOTE).await;
    // Sent at once, before the pause in which what was typed is kept, and without leaving the field.
    send(&browser).await;
    browser.press("What came of it").await;
    touch(&browser, "#write").await;
    write(&browser, "#part-noticed", NOTICED).await;
    touch(&browser, "#send").await;
    district
        .until("select count(*) from event where kind = 'feedback_sent'", 1)
        .await;
    district.settled().await;
    for text in [NOTE, NOTICED] {
        eventually("the text in a file", || {
            (!profile.files_with(text).is_empty()).then_some(())
        });
    }

    // Erased by its author on another device, and heard of through the feed.
    let mut events = ids(&district, "walkthrough_submitted");
    events.extend(ids(&district, "feedback_sent"));
    assert_eq!(events.len(), 2);
    let erasure = WordsErased {
        events,
        why: Why::Asked,
    };
    observer
        .says(&district.server, observer.seal(erasure, &[]))
        .await;
    district.settled().await;
    for text in [NOTE, NOTICED] {
        eventually("the text in no file", || {
            profile.files_with(text).is_empty().then_some(())
        });
    }
    // What is written after that is found, so that the search finds what is there.
    browser.client.refresh().await.unwrap();
    begin(&browser).await;
    touch(&browser, ".choice").await;
    touch(&browser, "#to-note").await;
    write(&browser, "#note", KEPT_NOTE).await;
    eventually("what was not erased", || {
        (!profile.files_with(KEPT_NOTE).is_empty()).then_some(())
    });
    // Nor does it come back when the browser ends.
    browser.close().await;
    for text in [NOTE, NOTICED] {
        assert_eq!(profile.files_with(text), Vec::<std::path::PathBuf>::new());
    }
}
