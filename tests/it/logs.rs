//! The log of the server as a program: it says what happened, and no name, note, reply, address or secret.

use crate::notice::until;
use crate::server::{Said, Stored, client};
use crate::staff::{
    self, HEARD, NOTICED, OBSERVER_NAME, TEACHER, TEACHER_MAIL, TEACHER_NAME, token,
};
use crate::support::mail::{MailServer, Manner, Security};
use lookfor::sync::protocol::PUSH_PATH;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

const REPLY: &str = "Zeppelins are what they drew, says Balthasar";

async fn post(url: &str, content_type: &str, body: String) -> Said {
    let request = client().post(url).header("content-type", content_type);
    Said::from(request.body(body)).await
}

#[tokio::test]
async fn the_log_says_what_happened_and_nothing_of_what_people_wrote() {
    let folder = tempfile::tempdir().unwrap();
    // The first answer quotes the address, as mail servers like to.
    let mail = MailServer::with_manners(Security::Plain, [Manner::RecipientCode(451)]).await;
    let mail_url = format!("smtp+plain://localhost:{}", mail.address.port());
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["--port", "0", "--data"])
        .arg(folder.path())
        .args([
            "--mail-server",
            &mail_url,
            "--mail-from",
            "lookfor@district.example",
        ])
        .args(["--public-url", "http://localhost:8080"])
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(server.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let url = line
        .trim()
        .rsplit("listening on ")
        .next()
        .unwrap()
        .to_owned();

    let stored = Stored::in_folder(folder.path());
    staff::hire(&stored, "en");
    let feedback = staff::write_up(&url, folder.path(), 1).await;
    let push = format!("{url}{PUSH_PATH}");
    let wrong =
        format!(r#"{{"protocol":1,"envelopes":[{{"body":"{{\"id\":\"{TEACHER_NAME}\"}}"}}]}}"#);
    post(&push, "application/json", wrong).await;
    post(&push, "text/plain", NOTICED.into()).await;
    client()
        .get(format!("{url}/{TEACHER_NAME}/api"))
        .send()
        .await
        .unwrap();

    until("the mail was refused for now", || {
        (mail.connections() > 0).then_some(())
    })
    .await;
    let path = until("the mail is accepted", || {
        let sql = "update mail set due_at_utc_ms = 0 where sent_at_utc_ms is null";
        stored.0.execute(sql, []).unwrap();
        mail.accepted().first().map(|mail| mail.path())
    })
    .await;
    let (card, _) = path.split_once('?').unwrap();
    let form = "application/x-www-form-urlencoded";
    let opened = post(&format!("{url}{card}"), form, String::new()).await;
    assert!(opened.text().contains("Quetzal"));
    let key = lookfor::domain::id::EventId::mint(1, [8; 10]);
    let body = form_urlencoded::Serializer::new(format!("key={key}&"))
        .append_pair("reply", REPLY)
        .finish();
    let replied = post(&format!("{url}{card}/reply"), form, body.clone()).await;
    assert!(replied.text().contains("Balthasar"));
    let revoke = format!("{url}/api/v1/cards/{feedback}/revoke");
    let bearer = format!("Bearer {}", token(TEACHER));
    let revoked = Said::from(client().post(revoke).header("authorization", bearer)).await;
    assert_eq!(revoked.status, 200);
    // Now the store itself breaks, on words in its hands.
    stored
        .0
        .execute_batch("drop table to_project; drop table secret")
        .unwrap();
    let text = crate::server::push_text(&staff::visit(9, TEACHER, NOTICED).1);
    let request = client()
        .post(&push)
        .header("content-type", "application/json")
        .bearer_auth(token(staff::OBSERVER))
        .body(text);
    assert_eq!(Said::from(request).await.status, 500);
    assert_eq!(
        post(&format!("{url}{card}/reply"), form, body).await.status,
        500
    );

    server.kill().unwrap();
    let mut log = String::new();
    server
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    server.wait().unwrap();
    for said in [
        "A mail was not accepted yet",
        "A mail was accepted",
        "The store failed on a request",
        "The store failed on a card",
    ] {
        assert!(log.contains(said), "{said} is in the log:\n{log}");
    }
    let secret = card.strip_prefix("/card/").unwrap();
    let address = TEACHER_MAIL.split('@').next().unwrap();
    let names = OBSERVER_NAME.split(' ').chain(TEACHER_NAME.split(' '));
    let words = [NOTICED, HEARD, REPLY]
        .into_iter()
        .flat_map(|text| text.split(' '));
    let distinctive = words.filter(|word| word.chars().any(char::is_uppercase) && word.len() > 5);
    let own = [
        secret,
        address,
        "Ortega",
        "token of",
        "purpose-said",
        "Bearer",
    ];
    for banned in own.into_iter().chain(names).chain(distinctive) {
        assert!(!log.contains(banned), "{banned} is in the log");
    }
}
