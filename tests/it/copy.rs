//! The copy that a teacher gets when nobody wrote to them in time: a mail that says so, and a card with the record.

use crate::district::refresh;
use crate::notice::{mail_config, until};
use crate::server::{Said, TestServer, client, receipt};
use crate::staff::{self, HEARD, NOTICED, OBSERVER, TEACHER, TEACHER_MAIL};
use crate::support::mail::{Accepted, MailServer, Security};
use lookfor::domain::agreement::Agreement;
use rusqlite::params;
use tempfile::TempDir;

struct School {
    server: TestServer,
    mail: MailServer,
    _folder: TempDir,
}

impl School {
    async fn open() -> Self {
        let mail = MailServer::start(Security::Tls).await;
        let folder = tempfile::tempdir().unwrap();
        let options = mail_config(&mail, &folder, "smtps");
        let server = TestServer::with(|config| {
            config.mail = Some(options);
            config.public_url = Some("https://lookfor.district.example".into());
        })
        .await;
        staff::hire(&server.stored(), "en");
        // No visit of seven minutes keeps to this one.
        let agreement = Agreement {
            version: 2,
            minutes_max: 5,
            ..Agreement::first()
        };
        let file = server.stored().0;
        let body = serde_json::to_string(&agreement).unwrap();
        let sql = "insert into agreement values (2, 0, ?1, null, 0)";
        file.execute(sql, [body]).unwrap();
        refresh(&file, "agreement");
        refresh(&file, "people");
        Self {
            server,
            mail,
            _folder: folder,
        }
    }

    /// The observer's visit, with or without feedback, on the server and in the teacher's feed.
    async fn visit(&self, with_feedback: bool) {
        let (_, mut envelopes) = staff::visit(1, TEACHER, NOTICED);
        if !with_feedback {
            envelopes.truncate(1);
        }
        let count = envelopes.len() as i64;
        for answer in staff::push_as(&self.server.url, OBSERVER, envelopes).await {
            receipt(&answer);
        }
        let file = self.server.stored().0;
        let teacher = format!("person:{}", staff::person(TEACHER));
        let sql = "select count(*) from document \
                   where audience = ?1 and kind in ('walkthrough', 'feedback') and body is not null";
        until("the projector has taken it", || {
            let found = file.query_row(sql, [&teacher], |row| row.get::<_, i64>(0));
            (found == Ok(count)).then_some(())
        })
        .await;
    }

    /// So many visits wait for their deadline, which is now.
    fn deadline(&self) -> usize {
        let sql = "update copy_due set due_utc_ms = ?1";
        let now = chrono::Utc::now().timestamp_millis();
        self.server.stored().0.execute(sql, params![now]).unwrap()
    }

    async fn mails(&self, count: usize) -> Vec<Accepted> {
        until("mails are accepted", || {
            Some(self.mail.accepted()).filter(|mails| mails.len() >= count)
        })
        .await
    }

    async fn reply(&self, mail: &Accepted, key: &str, reply: &str) -> Said {
        let path = mail.path();
        let (path, query) = path.split_once('?').unwrap();
        let url = format!("{}{path}/reply?{query}", self.server.url);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("key", key), ("reply", reply)])
            .finish();
        Said::from(client().post(url).body(body)).await
    }

    async fn card(&self, mail: &Accepted, step: &str) -> Said {
        let path = mail.path();
        let (path, query) = path.split_once('?').unwrap();
        let url = format!("{}{path}{step}?{query}", self.server.url);
        Said::from(client().post(url)).await
    }
}

#[tokio::test]
async fn who_is_not_written_to_in_time_is_told_and_reads_the_record_itself() {
    let school = School::open().await;
    school.visit(false).await;
    assert_eq!(school.deadline(), 1);
    let mails = school.mails(1).await;
    assert_eq!(mails[0].to, TEACHER_MAIL);
    assert_eq!(mails[0].header("subject"), "A visit was written up");
    assert!(!mails[0].text().contains("Xylophone"));

    let card = school.card(&mails[0], "").await;
    assert_eq!(card.status, 200);
    let text = card.text();
    for wanted in [
        HEARD,
        "Nobody has written to you about this visit yet.",
        "Written by Principal Alvarez-Zuniga",
        "The visit took longer than the agreement allows.",
        "Partly",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    // There is no feedback, and the record itself is answered.
    let key = text.split("name=\"key\" value=\"").nth(1).unwrap();
    let key = key.split('"').next().unwrap();
    let said = school
        .reply(&mails[0], key, "It was the second read.")
        .await;
    assert_eq!(said.status, 200);
    assert!(said.text().contains("It was the second read."));
    let file = school.server.stored().0;
    let sql = "select count(*) from document where kind = 'walkthrough' and audience in (?1, ?2) \
               and json_extract(body, '$.body.answers[0].text') = 'It was the second read.'";
    let both = [OBSERVER, TEACHER].map(|who| format!("person:{}", staff::person(who)));
    until("both have the reply", || {
        let found = file.query_row(sql, [&both[0], &both[1]], |row| row.get::<_, i64>(0));
        (found == Ok(2)).then_some(())
    })
    .await;
    let sql = "select count(*) from document where body like '%second read.%'";
    assert_eq!(file.query_row(sql, [], |row| row.get(0)), Ok(2));
    assert_eq!(school.card(&mails[0], "/thanks").await.status, 400);
    assert_eq!(school.mail.accepted().len(), 1);

    // Feedback that comes late has a mail of its own, and no other copy is sent.
    school.visit(true).await;
    assert_eq!(school.deadline(), 0);
    let mails = school.mails(2).await;
    let text = school.card(&mails[1], "").await.text();
    assert!(text.contains("Quetzal") && text.contains("<textarea"));
}

#[tokio::test]
async fn who_is_written_to_in_time_gets_no_copy_beside_it() {
    let school = School::open().await;
    school.visit(true).await;
    assert_eq!(school.deadline(), 0);
    school.mails(1).await;
    let mails = "select count(*) from mail";
    let file = school.server.stored().0;
    assert_eq!(file.query_row(mails, [], |row| row.get(0)), Ok(1));
}
