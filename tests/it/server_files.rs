//! The web app's files, and the headers that every answer carries.

use crate::server::{Said, TestServer, client, push_text, sealed};
use rstest::rstest;
use std::fs;
use tempfile::TempDir;

const BUILD: &str = "b/0a1b2c";
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    worker-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// A built web app beside a file that is not part of it.
async fn serving() -> (TestServer, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let web = folder.path().join("web");
    fs::create_dir_all(web.join(BUILD)).unwrap();
    let app = format!("{BUILD}/app.js");
    for (name, text) in [
        ("index.html", "<!doctype html><title>Lookfor</title>"),
        ("index.html.br", "the page, compressed"),
        ("sw.js", "self.skipWaiting()"),
        ("manifest.webmanifest", "{}"),
        ("icon.svg", "<svg/>"),
        (app.as_str(), "start()"),
        (&format!("{app}.br"), "the app, compressed"),
        (&format!("{BUILD}/app_bg.wasm"), "\0asm"),
        (&format!("{BUILD}/app.css"), "body{}"),
        ("../secret.txt", "a secret"),
    ] {
        fs::write(web.join(name), text).unwrap();
    }
    let server = TestServer::with(|config| config.web = Some(web)).await;
    (server, folder)
}

#[rstest]
#[case::page("/", "text/html", false)]
#[case::the_page_behind_a_sign_in_link("/join", "text/html", false)]
#[case::service_worker("/sw.js", "text/javascript", false)]
#[case::manifest("/manifest.webmanifest", "application/manifest+json", false)]
#[case::icon("/icon.svg", "image/svg+xml", false)]
#[case::script("/b/0a1b2c/app.js", "text/javascript", true)]
#[case::module("/b/0a1b2c/app_bg.wasm", "application/wasm", true)]
#[case::style("/b/0a1b2c/app.css", "text/css", true)]
#[tokio::test]
async fn a_file_says_what_it_is_and_how_long_to_keep_it(
    #[case] path: &str,
    #[case] content_type: &str,
    #[case] for_ever: bool,
) {
    let (server, _folder) = serving().await;
    let said = server.get(path).await;
    assert_eq!(said.status, 200);
    assert_eq!(said.header("content-type"), content_type);
    let keep = match for_ever {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    assert_eq!(said.header("cache-control"), keep);
}

#[rstest]
#[case::page("/", "no-cache")]
#[case::service_worker("/sw.js", "no-cache")]
#[case::script("/b/0a1b2c/app.js", "public, max-age=31536000, immutable")]
#[tokio::test]
async fn a_file_that_did_not_change_is_not_sent_again(#[case] path: &str, #[case] keep: &str) {
    let (server, _folder) = serving().await;
    let first = server.get(path).await;
    for (asks, is) in [
        ("if-none-match", "etag"),
        ("if-modified-since", "last-modified"),
    ] {
        let request = client().get(format!("{}{path}", server.url));
        let again = Said::from(request.header(asks, first.header(is))).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{asks}");
        assert_eq!(again.header("cache-control"), keep);
        assert_eq!(again.header("content-security-policy"), POLICY);
    }
}

#[rstest]
#[case::page("/", "text/html", "the page, compressed")]
#[case::script("/b/0a1b2c/app.js", "text/javascript", "the app, compressed")]
#[tokio::test]
async fn the_compressed_file_is_sent_to_who_can_read_it(
    #[case] path: &str,
    #[case] content_type: &str,
    #[case] compressed: &str,
) {
    let (server, _folder) = serving().await;
    let request = client().get(format!("{}{path}", server.url));
    let said = Said::from(request.header("accept-encoding", "gzip, deflate, br")).await;
    assert_eq!(said.header("content-encoding"), "br");
    assert_eq!(said.header("content-type"), content_type);
    assert_eq!(said.header("vary"), "accept-encoding");
    assert_eq!(said.text(), compressed);

    let plain = server.get(path).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("vary"), "accept-encoding");
    assert_ne!(plain.text(), compressed);
}

#[rstest]
#[case::an_unknown_name("/walkthroughs/7")]
#[case::a_folder("/b")]
#[case::a_folder_with_a_slash("/b/")]
#[case::a_build("/b/0a1b2c/")]
#[case::a_missing_file_of_a_build("/b/0a1b2c/gone.js")]
#[case::a_nul("/sw.js%00")]
#[case::not_utf_8("/%ff")]
#[tokio::test]
async fn what_is_not_a_file_is_not_found_and_not_kept(#[case] path: &str) {
    let (server, _folder) = serving().await;
    let said = server.get(path).await;
    assert_eq!(said.status, 404);
    assert_eq!(said.header("cache-control"), "no-cache");
    assert_eq!(said.text(), "There is nothing at this address.\n");
}

#[rstest]
#[case::dots("/../secret.txt")]
#[case::dots_in_a_build("/b/0a1b2c/../../../secret.txt")]
#[case::escaped_dots("/%2e%2e/secret.txt")]
#[case::escaped_slash("/..%2fsecret.txt")]
#[case::backslash("/..%5csecret.txt")]
#[case::twice_escaped("/%252e%252e/secret.txt")]
#[case::two_slashes("//etc/passwd")]
#[case::an_absolute_path("/%2fetc/passwd")]
#[case::a_name_that_is_too_long(&format!("/{}", "a".repeat(5_000)))]
#[tokio::test]
async fn nothing_outside_the_folder_is_served(#[case] path: &str) {
    let (server, _folder) = serving().await;
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let said = server.raw(request.as_bytes()).await;
    assert!(said.starts_with("HTTP/1.1 404 "), "{said}");
    assert!(!said.contains("secret"), "{said}");
    assert!(!said.contains("root:"), "{said}");
}

#[tokio::test]
async fn a_server_without_the_web_app_says_so() {
    let said = TestServer::start().await.get("/").await;
    assert_eq!(said.status, 404);
    assert!(said.text().contains("--web DIR"));
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let (server, _folder) = serving().await;
    let client = client();
    let post_file = client.post(format!("{}/sw.js", server.url));
    let answers = [
        (200, server.post(push_text(&[sealed(1, 1)])).await),
        (400, server.post("nonsense").await),
        (404, server.get("/api/v1/nothing").await),
        (405, server.get("/api/v1/push").await),
        (200, server.get("/").await),
        (200, server.get("/b/0a1b2c/app.js").await),
        (404, server.get("/nothing").await),
        (405, Said::from(post_file).await),
    ];
    let mut ids = Vec::new();
    for (status, said) in answers {
        assert_eq!(said.status, status);
        assert_eq!(said.header("content-security-policy"), POLICY);
        assert_eq!(said.header("x-content-type-options"), "nosniff");
        assert_eq!(said.header("referrer-policy"), "no-referrer");
        assert_eq!(said.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(
            said.header("permissions-policy"),
            "camera=(), microphone=(), geolocation=()"
        );
        ids.push(said.header("x-request-id").to_owned());
    }
    let answers = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), answers, "each answer has an id of its own");
}
