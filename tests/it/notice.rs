//! Mails through a real SMTP server with TLS: exactly one for each feedback, with nothing of it.

use crate::server::TestServer;
use crate::staff::{
    self, HEARD, NOTICED, OBSERVER_NAME, OTHER, TEACHER, TEACHER_MAIL, TEACHER_NAME,
};
use crate::support::mail::{Accepted, MailServer, Manner, Security};
use lookfor::server::notice::options;
use lookfor::server::notice::options::MailConfig;
use rstest::rstest;
use rusqlite::Connection;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// How to reach a mail server that a test started.
pub fn mail_config(mail: &MailServer, folder: &TempDir, scheme: &str) -> MailConfig {
    let server = format!("{scheme}://localhost:{}", mail.address.port());
    MailConfig {
        server: server.parse().unwrap(),
        from: "Lookfor <lookfor@district.example>".into(),
        login_file: None,
        authority_file: Some(mail.certificate_file(folder.path())),
        pause: Duration::from_millis(20),
    }
}

/// A server with a mail server, and the staff of a school.
struct Office {
    server: TestServer,
    mail: MailServer,
    _folder: TempDir,
}

impl Office {
    async fn open(manners: impl IntoIterator<Item = Manner>) -> Self {
        Self::with(Security::Tls, "smtps", manners, |_| {}).await
    }

    async fn with(
        security: Security,
        scheme: &str,
        manners: impl IntoIterator<Item = Manner>,
        change: impl FnOnce(&mut MailConfig),
    ) -> Self {
        let mail = MailServer::with_manners(security, manners).await;
        let folder = tempfile::tempdir().unwrap();
        let mut mail_config = mail_config(&mail, &folder, scheme);
        change(&mut mail_config);
        let server = TestServer::with(|config| {
            config.mail = Some(mail_config);
            config.public_url = Some("https://lookfor.district.example".into());
        })
        .await;
        staff::hire(&server.stored(), "en");
        Self {
            server,
            mail,
            _folder: folder,
        }
    }

    async fn write_up(&self, nth: u64) -> lookfor::domain::id::EventId {
        staff::write_up(&self.server.url, &self.server.data, nth).await
    }

    async fn accepted(&self, count: usize) -> Vec<Accepted> {
        until("mails are accepted", || {
            Some(self.mail.accepted()).filter(|mails| mails.len() >= count)
        })
        .await
    }

    /// The one row of `mail`, when it is so.
    async fn row(&self, wanted: &str, is_it: impl Fn(&Row) -> bool) -> Row {
        until(wanted, || {
            row(&self.server.stored().0).filter(|row| is_it(row))
        })
        .await
    }

    /// Time passes: what waits is due.
    fn later(&self) {
        let sql = "update mail set due_at_utc_ms = 0";
        self.server.stored().0.execute(sql, []).unwrap();
    }
}

#[derive(Debug)]
struct Row {
    tries: u32,
    sent: bool,
    given_up: Option<String>,
    wait_ms: i64,
}

fn row(connection: &Connection) -> Option<Row> {
    let sql = "select tries, sent_at_utc_ms is not null, given_up, due_at_utc_ms from mail";
    connection
        .query_row(sql, [], |row| {
            let due: i64 = row.get(3)?;
            Ok(Row {
                tries: row.get(0)?,
                sent: row.get(1)?,
                given_up: row.get(2)?,
                wait_ms: due - chrono::Utc::now().timestamp_millis(),
            })
        })
        .ok()
}

/// Waits until `found` gives something, for as long as a slow machine may need.
pub async fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    for _ in 0..3_000 {
        if let Some(found) = found() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("waited in vain until {what}")
}

#[rstest]
#[case::tls_from_the_first_byte(Security::Tls, "smtps")]
#[case::tls_after_starttls(Security::StartTls, "smtp")]
#[tokio::test]
async fn a_mail_says_that_there_is_something_and_nothing_of_what(
    #[case] security: Security,
    #[case] scheme: &str,
) {
    let office = Office::with(security, scheme, [], |_| {}).await;
    office.write_up(1).await;
    let mails = office.accepted(1).await;
    let [mail] = mails.as_slice() else {
        panic!("{} mails", mails.len())
    };
    assert!(mail.private);
    assert_eq!(mail.to, TEACHER_MAIL);
    assert_eq!(mail.header("subject"), "A visit was written up");
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    assert!(
        mail.header("content-type")
            .starts_with("multipart/alternative")
    );
    let path = mail.path();
    assert!(path.ends_with("?lang=en") && path.len() == "/card/".len() + 64 + "?lang=en".len());
    for word in ["Quetzal", "Xylophone", "purpose", "reads"] {
        assert!(!mail.raw.contains(word), "{word}");
    }
    for text in [
        NOTICED,
        HEARD,
        OBSERVER_NAME,
        TEACHER_NAME,
        "Wilhelmina",
        "Alvarez",
    ] {
        assert!(!mail.text().contains(text), "{text}");
    }
}

#[tokio::test]
async fn one_feedback_makes_one_mail_and_the_next_another() {
    let office = Office::open([]).await;
    office.write_up(1).await;
    office.accepted(1).await;
    // The document is written anew, as it is whenever something comes to the visit.
    office.write_up(2).await;
    office.accepted(2).await;
    office.later();
    office.write_up(3).await;
    let mails = office.accepted(3).await;
    let ids: std::collections::BTreeSet<_> =
        mails.iter().map(|mail| mail.header("message-id")).collect();
    assert_eq!((mails.len(), ids.len()), (3, 3));
}

/// Twenty-five at once were twenty-five mails.
#[tokio::test]
async fn what_is_written_about_one_visit_makes_one_mail_a_day() {
    let office = Office::open([]).await;
    let mut all = staff::visit(1, staff::TEACHER, "The pairs talked.").1;
    all.extend(staff::more_feedback(&all[0], 3..15));
    for answer in staff::push_as(&office.server.url, staff::OBSERVER, all).await {
        crate::server::receipt(&answer);
    }
    staff::project(&office.server.stored(), true);
    office.accepted(1).await;
    let when = "select (made_at_utc_ms - (select min(made_at_utc_ms) from mail)) / 86400000 \
                from mail order by 1";
    let stored = office.server.stored().0;
    let mut later = stored.prepare(when).unwrap();
    let later = later.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    let later: Vec<i64> = later.map(Result::unwrap).collect();
    assert_eq!(later, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(office.mail.accepted().len(), 1);
}

#[tokio::test]
async fn a_mail_is_in_the_language_of_its_reader() {
    let office = Office::open([]).await;
    let sql = "update person set language = 'es'";
    office.server.stored().0.execute(sql, []).unwrap();
    office.write_up(1).await;
    let mails = office.accepted(1).await;
    assert!(mails[0].path().ends_with("?lang=es"));
    assert!(mails[0].text().contains("lang=\"es\""));
}

#[rstest]
#[case::greylisted(Manner::RecipientCode(451))]
#[case::full_for_now(Manner::DataCode(452))]
#[case::a_wrong_password(Manner::LoginCode(535))]
#[case::cut_at_once(Manner::CutAtOnce)]
#[case::cut_before_the_answer(Manner::CutBeforeAnswer)]
#[tokio::test]
async fn what_may_work_later_is_tried_again(#[case] manner: Manner) {
    let login = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(login.path(), "lookfor\nsecret pass\n").unwrap();
    let office = Office::with(Security::Tls, "smtps", [manner], |config| {
        config.login_file = Some(login.path().into());
    })
    .await;
    office.write_up(1).await;
    let tried = office.row("it is tried once", |row| row.tries == 1).await;
    assert!(!tried.sent && tried.given_up.is_none());
    // A minute from the try, and some of it is over.
    assert!((1..=60_000).contains(&tried.wait_ms), "{tried:?}");
    until("the try is over", || {
        (office.mail.connections() == 1).then_some(())
    })
    .await;
    assert_eq!(office.mail.accepted().len(), 0);

    office.later();
    let mails = office.accepted(1).await;
    let sent = office.row("it is sent", |row| row.sent).await;
    assert_eq!((sent.tries, mails.len()), (2, 1));
    let login = Some(("lookfor".to_owned(), "secret pass".to_owned()));
    assert_eq!(mails[0].login, login);
}

#[rstest]
#[case::no_such_address(Manner::RecipientCode(550))]
#[case::not_this_mail(Manner::DataCode(554))]
#[tokio::test]
async fn what_is_refused_for_good_is_given_up_with_a_reason(#[case] manner: Manner) {
    let office = Office::open([manner]).await;
    office.write_up(1).await;
    let row = office
        .row("it is given up", |row| row.given_up.is_some())
        .await;
    let why = row.given_up.unwrap();
    assert!(why.starts_with("the mail server said 55"), "{why}");
    assert!(!why.contains('@'), "{why}");
    // And holds up nothing else.
    office.write_up(2).await;
    office.accepted(1).await;
}

#[tokio::test]
async fn a_mail_server_without_tls_gets_no_mail() {
    let office = Office::with(Security::Plain, "smtp", [], |_| {}).await;
    office.write_up(1).await;
    office.row("it is tried", |row| row.tries == 1).await;
    until("the try is over", || {
        (office.mail.connections() == 1).then_some(())
    })
    .await;
    office.later();
    until("it is tried again", || {
        (office.mail.connections() == 2).then_some(())
    })
    .await;
    assert_eq!(office.mail.accepted().len(), 0);
}

#[tokio::test]
async fn a_mail_server_whose_certificate_nobody_vouches_for_gets_no_mail() {
    let other = MailServer::start(Security::Tls).await;
    let folder = tempfile::tempdir().unwrap();
    let file = other.certificate_file(folder.path());
    let office = Office::with(Security::Tls, "smtps", [], |config| {
        config.authority_file = Some(file);
    })
    .await;
    office.write_up(1).await;
    until("it is tried", || {
        (office.mail.connections() == 1).then_some(())
    })
    .await;
    office
        .row("it waits", |row| row.tries == 1 && !row.sent)
        .await;
    assert_eq!(office.mail.accepted().len(), 0);
}

/// The one case in which SMTP cannot help: the mail was taken and nobody heard it. It comes again, under
/// the same id, and the link of each works.
#[tokio::test]
async fn a_mail_whose_acceptance_was_not_heard_comes_again_and_both_links_work() {
    let office = Office::open([Manner::KeepAndCut]).await;
    office.write_up(1).await;
    office.accepted(1).await;
    office.row("it is tried", |row| row.tries == 1).await;
    office.later();
    let mails = office.accepted(2).await;
    assert_eq!(mails[0].header("message-id"), mails[1].header("message-id"));
    assert_ne!(mails[0].path(), mails[1].path());
    for mail in mails {
        let url = format!("{}{}", office.server.url, mail.path());
        let opened = crate::server::client().post(url).send().await.unwrap();
        assert_eq!(opened.status(), 200);
    }
}

#[tokio::test]
async fn a_mail_is_given_up_after_two_days() {
    let office = Office::open([Manner::CutAtOnce]).await;
    office.write_up(1).await;
    office.row("it is tried", |row| row.tries == 1).await;
    let two_days_ago = chrono::Utc::now().timestamp_millis() - 48 * 60 * 60 * 1000 - 1;
    let sql = "update mail set made_at_utc_ms = ?1, due_at_utc_ms = 0";
    office
        .server
        .stored()
        .0
        .execute(sql, [two_days_ago])
        .unwrap();
    let row = office
        .row("it is given up", |row| row.given_up.is_some())
        .await;
    assert_eq!(row.given_up.as_deref(), Some("too late"));
    assert_eq!(office.mail.accepted().len(), 0);
}

#[rstest]
#[case::who_has_left("update person set left_at_utc_ms = 5", "the teacher has left")]
#[case::whose_address_is_gone("update person set mail = null", "no address")]
#[case::of_what_was_taken_away("update document set body = null", "nothing to show any more")]
#[tokio::test]
async fn a_mail_that_has_lost_its_reason_is_not_sent(#[case] sql: &str, #[case] why: &str) {
    let office = Office::open([Manner::CutAtOnce]).await;
    office.write_up(1).await;
    office.row("it is tried", |row| row.tries == 1).await;
    office.server.stored().0.execute(sql, []).unwrap();
    office.later();
    let row = office
        .row("it is given up", |row| row.given_up.is_some())
        .await;
    assert_eq!(row.given_up.as_deref(), Some(why));
    assert_eq!(office.mail.accepted().len(), 0);
}

#[rstest]
#[case::to_who_has_left("update person set left_at_utc_ms = 5 where id = ?1")]
#[case::to_nowhere("update person set mail = null where id = ?1")]
#[tokio::test]
async fn no_mail_is_made(#[case] sql: &str) {
    let office = Office::open([]).await;
    let teacher = *staff::person(TEACHER).0.as_bytes();
    office.server.stored().0.execute(sql, [teacher]).unwrap();
    office.write_up(1).await;
    // That another teacher is told shows that this one's feedback was looked at.
    let (url, data) = (&office.server.url, &office.server.data);
    let second = staff::write_up_for(url, data, 2, OTHER).await;
    let mails = office.accepted(1).await;
    assert!(mails[0].header("message-id").contains(&second.to_string()));
    assert!(mails[0].to.starts_with("other@"));
    let rows = "select count(*) from mail";
    let rows: i64 = office
        .server
        .stored()
        .0
        .query_row(rows, [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn old_news_is_not_mailed_when_a_server_gets_its_mail_server_later() {
    let office = Office::open([]).await;
    let (_, envelopes) = staff::visit(1, TEACHER, NOTICED);
    staff::push_as(&office.server.url, staff::OBSERVER, envelopes).await;
    let stored = office.server.stored();
    let sql = "update event set received_at_utc_ms = received_at_utc_ms - 172800001";
    stored.0.execute(sql, []).unwrap();
    drop(stored);
    let second = office.write_up(2).await;
    let mails = office.accepted(1).await;
    assert!(mails[0].header("message-id").contains(&second.to_string()));
}

#[tokio::test]
async fn a_server_that_stops_while_it_mails_finishes_the_mail() {
    let mut office = Office::open([Manner::SlowlyMs(400)]).await;
    office.write_up(1).await;
    until("the mail is under way", || {
        (office.mail.connections() == 1).then_some(())
    })
    .await;
    office.server.stop().await;
    let row = row(&office.server.stored().0).unwrap();
    assert!(row.sent, "{row:?}");
    assert_eq!(office.mail.accepted().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_started_without_a_password_file_says_so() {
    let mail = MailServer::start(Security::Tls).await;
    let folder = tempfile::tempdir().unwrap();
    let mut config = mail_config(&mail, &folder, "smtps");
    config.login_file = Some(PathBuf::from("there is no such file"));
    let refused = lookfor::server::notice::sender::Sender::open(&config, "https://x.example");
    let said = refused.err().unwrap().to_string();
    assert!(said.contains("there is no such file"), "{said}");
    assert!(options::public_url("https://x.example").is_ok());
}
