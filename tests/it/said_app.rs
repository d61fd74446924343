//! What a person said after a visit, when something is in the way: another page in view, a read under way, a full disk,
//! a server that can never take it.

use crate::card_app::{After, hides, look, quiet, shows, touch, way};
use crate::facts::sent;
use crate::school::KEPT;
use crate::support::browser::{Browser, Driver, PHONE, Profile, TABLET};
use crate::support::enter::{START, begin, send};
use crate::support::proxy::Mode;
use crate::support::web_copy::{FULL_DISK, WebCopy};
use fantoccini::Locator;
use lookfor::domain::event::said;
use lookfor::domain::id::EventId;
use std::time::Duration;

const FIELD: &str = "document.querySelector('#part-noticed')";

/// True when the first part of the feedback that is written has these words.
fn written(words: &str) -> String {
    format!("{FIELD}?.value.includes({words:?})")
}

/// The observer's tablet, with so many visits of its own.
async fn tablet(after: &After, driver: &Driver, profile: &Profile, visits: u8) -> Browser {
    let tablet = Browser::open(driver, profile, TABLET, "en-US").await;
    after.app(&tablet, &after.principal).await;
    for _ in 0..visits {
        tablet.until(START).await;
        begin(&tablet).await;
        tablet.press("Partly").await;
        tablet.until(KEPT).await;
        send(&tablet).await;
    }
    tablet
}

/// Writes feedback on a visit by its number on the device, these words at the end of the first part.
async fn write(tablet: &Browser, visit: u8, words: &str) {
    touch(tablet, &format!("[data-visit='{visit}'] .write")).await;
    tablet.until(&written("I saw some of this")).await;
    let field = Locator::Css("#part-noticed");
    let field = tablet.client.find(field).await.unwrap();
    field.send_keys(words).await.unwrap();
    // A pause: it is kept.
    tokio::time::sleep(Duration::from_millis(600)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_on_another_page_is_in_its_own_field_and_in_no_other() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = tablet(&after, &driver, &profile, 2).await;
    touch(&tablet, "#way-Visits").await;
    write(&tablet, 1, " Mine of the first.").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    touch(&tablet, "#back").await;
    tablet.press("Undo").await;
    touch(&tablet, "[data-visit='1'] .write").await;
    tablet.until(&written("Mine of the first.")).await;

    // The words of one teacher come into no draft for another.
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    touch(&tablet, "#back").await;
    touch(&tablet, "[data-visit='2'] .write").await;
    tablet.until(&written("I saw some of this")).await;
    tablet.press("Undo").await;
    tablet.until(&hides("The feedback is on its way.")).await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(tablet.eval(&written("Mine")).await, false);
    for (visit, mine) in [(2, false), (1, true)] {
        touch(&tablet, "#back").await;
        touch(&tablet, "#back").await;
        touch(&tablet, &format!("[data-visit='{visit}'] .write")).await;
        tablet.until(&written("I saw some of this")).await;
        let there = tablet.eval(&written("Mine of the first.")).await;
        assert_eq!(there, mine, "visit {visit}");
    }
    after.has("feedback_sent", 1).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_while_the_store_is_being_read_stays_said() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = Browser::open(&driver, &profile, TABLET, "en-US").await;
    // What is read of documents takes its time as long as the store is slow.
    tablet
        .inject(
            "window.waiting = 0; window.delayed = 0; const post = Worker.prototype.postMessage; \
             Worker.prototype.postMessage = function (text, ...more) { \
               if (!window.slow || !/\"(Documents|LookUp)\"/.test(text)) \
                 return post.call(this, text, ...more); \
               window.waiting += 1; window.delayed += 1; \
               setTimeout(() => { window.waiting -= 1; post.call(this, text, ...more); }, 400); };",
        )
        .await;
    after.app(&tablet, &after.principal).await;
    tablet.until(START).await;
    after.proxy.set(Mode::HoldPushes);
    begin(&tablet).await;
    tablet.press("Partly").await;
    tablet.until(KEPT).await;
    send(&tablet).await;
    write(&tablet, 1, " Mine.").await;
    // The visit leaves, which has the view read again.
    tablet.eval("window.slow = true").await;
    after.proxy.set(Mode::Open);
    tablet.until("window.delayed > 0").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    // Until nothing is read any more, the form is never back.
    for _ in 0..40 {
        assert_eq!(tablet.eval(&format!("Boolean({FIELD})")).await, false);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tablet.eval("window.slow = false").await;
    after.has("feedback_sent", 2).await;
    tablet.until(&shows("Not opened yet.")).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_full_disk_cannot_keep_is_not_said_to_be_on_its_way() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::with_worker_running(FULL_DISK);
    let after = After::with_web(web.path().to_owned()).await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = tablet(&after, &driver, &profile, 1).await;
    let disk = "window.disk = new BroadcastChannel('disk')";
    tablet.eval(disk).await;
    write(&tablet, 1, " Mine.").await;
    tablet.eval("disk.postMessage(true)").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("This device has no room left.")).await;
    // At once, and not when the seconds are over.
    for offered in ["The feedback is on its way.", "Undo"] {
        assert_eq!(tablet.eval(&hides(offered)).await, true, "{offered}");
    }
    tablet.until(&written("Mine.")).await;
    tablet.eval("disk.postMessage(false)").await;
    tablet.press("Close").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is on its way.")).await;
    after.has("feedback_sent", 2).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_from_another_device_takes_nothing_out_of_the_hands_of_whoever_writes_here() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = tablet(&after, &driver, &profile, 1).await;
    after.has("walkthrough_submitted", 2).await;
    after.district.settled().await;
    write(&tablet, 1, " Mine.").await;
    let stored = after.district.server.stored().0;
    let sql = "select id from event where kind = 'walkthrough_submitted' order by server_number desc limit 1";
    let id: [u8; 16] = stored.query_row(sql, [], |row| row.get(0)).unwrap();
    let visit = EventId(uuid::Uuid::from_bytes(id));
    let other = [(said::FEEDBACK, "From my laptop.")];
    let other = after.principal.seal(sent(visit), &other);
    after.principal.says(&after.district.server, other).await;
    after.district.settled().await;
    // The proxy holds back the stream of news.
    let online = "window.dispatchEvent(new Event('online'))";
    tablet.eval(online).await;
    tablet.until(&shows("From my laptop.")).await;
    tablet.until(&written("Mine.")).await;
    look(&tablet, "#sent-elsewhere", "tablet-said-0-two-devices").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    after.has("feedback_sent", 3).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_letters_of_a_note_are_kept_when_the_visit_is_laid_down() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = tablet(&after, &driver, &profile, 0).await;
    tablet.until(START).await;
    begin(&tablet).await;
    tablet.press("Partly").await;
    tablet.until(KEPT).await;
    // Not every browser says that a field is left when a button is touched.
    let typed = "(() => { const note = document.querySelector('#note'); note.value = 'Two pairs.'; \
        note.dispatchEvent(new Event('input', { bubbles: true })); \
        document.querySelector('#back').click(); return true; })()";
    tablet.eval(typed).await;
    touch(&tablet, ".go-on").await;
    tablet
        .until("document.querySelector('#note')?.value === 'Two pairs.'")
        .await;
    quiet(&tablet).await;
    tablet.close().await;
}

/// Fills what the server takes of facts about its newest visit from the one who recorded it.
const FILL: &str = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 200) \
    insert into event (id, device, number, author, kind, schema, at_utc_ms, offset_min, sha256, body, \
        words_sha256, received_at_utc_ms, about) \
    select randomblob(16), device, 1000 + i, author, kind, schema, at_utc_ms, offset_min, sha256, body, \
        words_sha256, received_at_utc_ms, about \
    from event, n where rowid = (select max(rowid) from event where kind = 'walkthrough_submitted')";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_can_never_take_stays_where_it_was_said_with_its_words_and_the_reason() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = tablet(&after, &driver, &profile, 1).await;
    after.has("walkthrough_submitted", 2).await;
    after.district.settled().await;
    let stored = after.district.server.stored().0;
    assert_eq!(stored.execute(FILL, []), Ok(200));

    write(&tablet, 1, " Two pairs read it again.").await;
    touch(&tablet, "#send").await;
    tablet.until(&shows("The feedback is written")).await;
    // Its seconds are over, and the server refuses it.
    let aside = "document.querySelector('.aside li')";
    let says = |words: &str| format!("{aside}?.innerText.includes({words:?})");
    tablet.until(&says("Your feedback")).await;
    tablet.until(&says("Two pairs read it again.")).await;
    tablet.until(&says("More than 200 records")).await;
    tablet
        .until("document.querySelector('.aside a[download]')")
        .await;
    // It is in the form, to be changed and sent anew.
    tablet.until(&written("Two pairs read it again.")).await;
    look(&tablet, ".aside li", "tablet-said-1-feedback").await;
    touch(&tablet, "#back").await;
    look(&tablet, ".aside li", "tablet-said-2-record").await;
    touch(&tablet, "#back").await;
    tablet.until(&shows("Your feedback: set aside")).await;
    way(&tablet, "What is on this device").await;
    tablet.until(&says("Two pairs read it again.")).await;
    look(&tablet, ".aside li", "tablet-said-3-storage").await;

    // What stood against it is gone.
    let sql = "delete from event where number > 1000";
    assert_eq!(stored.execute(sql, []), Ok(200));
    tablet.press("Try again").await;
    after.has("feedback_sent", 2).await;
    tablet.until(&format!("!{aside}")).await;
    quiet(&tablet).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_noted_of_a_reader_and_refused_is_not_noted_again_at_each_look() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let phone = Browser::open(&driver, &profile, PHONE, "es").await;
    after.app(&phone, &after.teacher).await;
    let stored = after.district.server.stored().0;
    let sql = "update event set author = ?1 where number > 1000";
    assert_eq!(stored.execute(FILL, []), Ok(200));
    let teacher = [after.teacher.person.0.as_bytes()];
    assert_eq!(stored.execute(sql, teacher), Ok(200));
    touch(&phone, "#way-ForYou").await;
    touch(&phone, &format!("[data-visit='{}']", after.visit)).await;
    phone.until("document.querySelector('#thank')").await;
    // It is refused, and whatever moves has the card read again.
    tokio::time::sleep(Duration::from_secs(3)).await;
    touch(&phone, "#thank").await;
    let aside = "document.querySelectorAll('.aside li').length";
    phone.until(&format!("{aside} === 1")).await;
    phone.until(&shows("Su respuesta")).await;
    look(&phone, ".aside li", "phone-said-4-card").await;
    touch(&phone, "#back").await;
    way(&phone, "Lo que hay en este dispositivo").await;
    phone.until(&format!("{aside} === 2")).await;
    quiet(&phone).await;
    phone.close().await;
}
