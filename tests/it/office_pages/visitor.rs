//! Somebody who works in the office in a browser, as far as HTTP sees it.

use crate::district::site as site_id;
use crate::server::{Said, TestServer};
use crate::signed_in::token;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::server::store::people::Places;
use lookfor::sync::office::{OFFICE_DOOR_PATH, OfficeDoor, Site};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const LEAD: Post = Post {
    role: Role::Lead,
    place: Place::District,
};

/// What stands between the parts of a form with a file.
pub const MARK: &str = "----lookfor-test-7f3a";

/// A browser with its cookie, and the token of the last page.
pub struct Visitor {
    url: String,
    cookie: String,
    pub token: String,
    /// From where its forms come, as browsers say it.
    pub from: Option<&'static str>,
}

/// A client that follows nothing by itself.
fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.build().unwrap()
}

/// Asks for the way in.
pub async fn door(server: &TestServer, device: u8) -> Said {
    door_of(&server.url, &token(device)).await
}

async fn door_of(url: &str, token: &str) -> Said {
    let request = client()
        .post(format!("{url}{OFFICE_DOOR_PATH}"))
        .header("content-type", "application/json")
        .bearer_auth(token)
        .body(r#"{"offset_min":-480}"#);
    Said::from(request).await
}

/// The way in.
pub async fn door_path(server: &TestServer, device: u8) -> String {
    path_of(&door(server, device).await)
}

fn path_of(said: &Said) -> String {
    assert_eq!(said.status, 200, "{}", said.text());
    let door: OfficeDoor = serde_json::from_slice(&said.body).unwrap();
    door.path
}

/// Presses the button of the door.
pub async fn press(server: &TestServer, path: &str) -> Said {
    press_at(&server.url, path).await
}

async fn press_at(url: &str, path: &str) -> Said {
    let request = client()
        .post(format!("{url}{path}"))
        .header("sec-fetch-site", "same-origin");
    Said::from(request).await
}

/// The same, from a page that the browser reached under this address.
pub async fn press_from(server: &TestServer, path: &str, origin: &str) -> Said {
    let request = client()
        .post(format!("{}{path}", server.url))
        .header("sec-fetch-site", "same-origin")
        .header("origin", origin);
    Said::from(request).await
}

/// A site that is there.
pub async fn site(server: &TestServer) {
    let site = Site {
        id: site_id(1),
        name: "Vista".into(),
    };
    server.store().keep_site(site).await.unwrap();
}

impl Visitor {
    /// Goes in by a door of this device.
    pub async fn enter(server: &TestServer, device: u8) -> Self {
        Self::at(&server.url, &token(device)).await.0
    }

    /// Goes in on the server at `url`, and says by which address and with which cookie.
    pub async fn at(url: &str, token: &str) -> (Self, [String; 2]) {
        let path = path_of(&door_of(url, token).await);
        let said = press_at(url, &path).await;
        assert_eq!((said.status, said.header("location")), (303, "/office"));
        let cookie = said.header("set-cookie").split(';').next().unwrap();
        let visitor = Self {
            url: url.to_owned(),
            cookie: cookie.to_owned(),
            token: String::new(),
            from: Some("same-origin"),
        };
        let (_, value) = cookie.split_once('=').unwrap();
        (visitor, [path, value.to_owned()])
    }

    /// Reads a page, and the token of its forms.
    pub async fn get(&mut self, path: &str) -> Said {
        let request = client()
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie);
        let said = Said::from(request).await;
        if let Some((_, rest)) = said.text().split_once("name=\"token\" value=\"") {
            self.token = rest.split('"').next().unwrap().to_owned();
        }
        said
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Said {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("token", &self.token);
        body.extend_pairs(fields);
        let mut request = client()
            .post(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(from) = self.from {
            request = request.header("sec-fetch-site", from);
        }
        Said::from(request.body(body.finish())).await
    }

    /// Sends a form with a file as browsers do, with the token of the last page first.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Said {
        let mut body = Vec::new();
        for (name, value) in [("token", self.token.as_str())].iter().chain(fields) {
            let head =
                format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        let (name, bytes) = file.unwrap_or_default();
        let head = format!(
            "--{MARK}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let end = format!("\r\n--{MARK}--\r\n");
        body.extend([head.as_bytes(), bytes, end.as_bytes()].concat());
        let mut request = client()
            .post(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .header(
                "content-type",
                format!("multipart/form-data; boundary={MARK}"),
            );
        if let Some(from) = self.from {
            request = request.header("sec-fetch-site", from);
        }
        Said::from(request.body(body)).await
    }

    /// Begins to send a form with a file, says these bytes, goes on saying nothing, and hears the status.
    pub async fn begin_upload(&self, path: &str, bytes: &[u8]) -> u16 {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {}\r\nsec-fetch-site: same-origin\r\n\
             content-type: multipart/form-data; boundary={MARK}\r\ncontent-length: 900000000\r\n\r\n",
            self.cookie
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut line = [0; 12];
        stream.read_exact(&mut line).await.unwrap();
        let line = String::from_utf8_lossy(&line);
        line.strip_prefix("HTTP/1.1 ").unwrap().parse().unwrap()
    }

    /// Sends a form that must be taken, and reads the page that it leads to.
    pub async fn done(&mut self, path: &str, fields: &[(&str, &str)]) -> Said {
        let said = self.post(path, fields).await;
        assert_eq!(said.status, 303, "{path}: {}", said.text());
        let to = said.header("location").to_owned();
        let said = self.get(&to).await;
        assert_eq!(said.status, 200, "{to}");
        said
    }
}

/// What stands between two marks.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split(after).next().unwrap()
}

/// What is wrong with the structure of a page: elements that are not closed, ids that are not their own,
/// labels of nothing, inputs and buttons without a name.
pub fn faults(html: &str) -> Vec<String> {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "!doctype"];
    let (mut open, mut faults) = (Vec::<String>::new(), Vec::new());
    let (mut ids, mut labels, mut described) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else {
            faults.push("a tag has no end".to_owned());
            break;
        };
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                faults.push(format!("</{name}> closes nothing"));
            }
        } else {
            let value = |wanted: &str| {
                let found = tag.split(&format!(" {wanted}=\"")).nth(1)?;
                Some(found.split('"').next()?.to_owned())
            };
            ids.extend(value("id"));
            labels.extend(value("for"));
            let by = value("aria-describedby").unwrap_or_default();
            described.extend(by.split_whitespace().map(str::to_owned));
            if name == "button" && behind.starts_with("</button>") {
                faults.push("a button has no name".to_owned());
            }
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
        }
        rest = behind;
    }
    faults.extend(
        open.into_iter()
            .map(|name| format!("<{name}> is not closed")),
    );
    let count = |id: &String| ids.iter().filter(|other| *other == id).count();
    let doubled = ids.iter().filter(|id| count(id) > 1);
    faults.extend(doubled.map(|id| format!("the id {id} stands twice")));
    let named = labels.iter().chain(&described).filter(|id| count(id) == 0);
    faults.extend(named.map(|id| format!("nothing has the id {id}")));
    if html.matches("<h1>").count() != 1 {
        faults.push("there is not one first heading".to_owned());
    }
    faults
}
