//! Who works in the office in a browser: the cookie, the token of its forms, and where a request came from.
//!
//! A session begins at a door that the app asked for (`server::routes::office::door`), lasts eight hours, and
//! ends with the device that asked, with the person's roles, and by signing out. The server keeps the
//! cookie's hash alone. A form carries a token that is made from the cookie, so that no other page can write
//! one; and every form must also come from a page of this server.

use super::secret::Secret;
use crate::domain::hash::Sha256;
use axum::http::{HeaderMap, HeaderValue, header};
use std::net::IpAddr;

/// How long a door can be used, in milliseconds.
pub const DOOR_LIVES_MS: i64 = 2 * 60 * 1000;
/// How long a session lasts, in milliseconds.
pub const SESSION_LIVES_MS: i64 = 8 * 60 * 60 * 1000;

/// The cookie where the browser came by https: with this prefix it takes it from this host alone.
const SECURE: &str = "__Host-lookfor-office";
/// The cookie on a plain connection, such as on this machine.
const PLAIN: &str = "lookfor-office";

/// The secret that a cookie holds.
pub struct Cookie(String);

impl Cookie {
    /// The cookie of a request, if it has one. Over https only the one with the prefix is taken: the other may
    /// have been set by a neighbour's page or on the way.
    pub fn of(headers: &HeaderMap, behind_proxy: bool) -> Option<Self> {
        let named = |wanted: &str| {
            let all = headers.get_all(header::COOKIE).iter();
            let pairs = all
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(';'));
            let mut found = pairs.filter_map(|pair| pair.trim().split_once('='));
            found.find(|(name, _)| *name == wanted).map(|(_, it)| it)
        };
        let plain = || named(PLAIN).filter(|_| !is_https(headers, behind_proxy));
        let secret = named(SECURE).or_else(plain)?;
        Some(Self(secret.to_owned()))
    }

    /// What the server keeps of it.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }

    /// The token that its forms carry: whoever does not know the cookie cannot make it.
    pub fn form_token(&self) -> String {
        Sha256::of(format!("lookfor office form {}", self.0).as_bytes()).to_string()
    }
}

/// The header that gives a browser its cookie.
pub fn set(secret: &Secret, is_https: bool) -> HeaderValue {
    cookie(secret.show(), SESSION_LIVES_MS / 1000, is_https)
}

/// The headers that take it away again, whichever it was.
pub fn unset() -> [HeaderValue; 2] {
    [cookie("", 0, true), cookie("", 0, false)]
}

fn cookie(value: &str, lives_s: i64, is_https: bool) -> HeaderValue {
    let (name, secure) = match is_https {
        true => (SECURE, "; Secure"),
        false => (PLAIN, ""),
    };
    let text =
        format!("{name}={value}; Path=/; Max-Age={lives_s}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("a secret is hexadecimal digits")
}

/// Whether a form came from a page of this server. Browsers say it in a header that no page can change
/// (Fetch Metadata, section 2.2); on plain connections they leave it out, and say the origin instead. What
/// says neither is refused.
pub fn is_from_here(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    match (origin(headers), host) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

/// The origin that a form says, such as `https://lookfor.district.org`; none when it is hidden.
pub fn origin(headers: &HeaderMap) -> Option<&str> {
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    let (scheme, host) = origin.split_once("://")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let fine = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(plain);
    fine.then_some(origin)
}

/// Whether the browser came by https: it says so itself, or a proxy of ours does. Where a request has no origin,
/// as that for a page, browsers say from what kind of site it comes, but not on plain connections to other machines
/// (Fetch Metadata, section 2).
pub fn is_https(headers: &HeaderMap, behind_proxy: bool) -> bool {
    let by_proxy = || {
        let forwarded = headers.get_all("x-forwarded-proto").iter().next_back();
        behind_proxy && forwarded.is_some_and(|scheme| scheme == "https")
    };
    let by_browser = match origin(headers) {
        Some(origin) => origin.starts_with("https://"),
        None => headers.contains_key("sec-fetch-site") && !is_this_machine(headers),
    };
    by_browser || by_proxy()
}

/// Whether the browser runs on the same machine: there a plain connection is as good to it as https.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let is_local = |address: IpAddr| address.is_loopback();
    name == "localhost" || name.ends_with(".localhost") || name.parse().is_ok_and(is_local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;
    use rstest::rstest;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[rstest]
    #[case::a_browser(&[("sec-fetch-site", "same-origin")], true)]
    #[case::another_site(&[("sec-fetch-site", "cross-site")], false)]
    #[case::a_neighbour(&[("sec-fetch-site", "same-site")], false)]
    #[case::typed_by_hand(&[("sec-fetch-site", "none")], false)]
    #[case::a_plain_connection(&[("origin", "http://10.0.0.5:8080"), ("host", "10.0.0.5:8080")], true)]
    #[case::from_another_host(&[("origin", "http://evil.example"), ("host", "10.0.0.5:8080")], false)]
    #[case::it_does_not_outvote_the_browser(
        &[("sec-fetch-site", "cross-site"), ("origin", "http://a.org"), ("host", "a.org")],
        false
    )]
    #[case::hidden(&[("origin", "null"), ("host", "a.org")], false)]
    #[case::nothing(&[("host", "a.org")], false)]
    fn a_form_comes_from_a_page_of_this_server(
        #[case] pairs: &[(&'static str, &'static str)],
        #[case] from_here: bool,
    ) {
        assert_eq!(is_from_here(&headers(pairs)), from_here);
    }

    #[rstest]
    #[case::by_its_origin(&[("origin", "https://lookfor.district.org")], false, true)]
    #[case::by_a_proxy_of_ours(&[("x-forwarded-proto", "https")], true, true)]
    #[case::by_a_header_of_anybody(&[("x-forwarded-proto", "https")], false, false)]
    #[case::plain(&[("origin", "http://localhost:8080")], true, false)]
    #[case::a_page_that_is_asked_for(&[("host", "lookfor.district.org"), ("sec-fetch-site", "none")], false, true)]
    #[case::a_page_of_an_address(&[("host", "10.0.0.5:8080"), ("sec-fetch-site", "none")], false, true)]
    #[case::a_page_of_a_plain_connection(&[("host", "lookfor.district.org")], false, false)]
    #[case::a_page_of_this_machine(&[("host", "localhost:8080"), ("sec-fetch-site", "none")], false, false)]
    #[case::a_role_of_the_demo(&[("host", "lead.localhost:8080"), ("sec-fetch-site", "none")], false, false)]
    #[case::an_address_of_this_machine(&[("host", "127.0.0.1:80"), ("sec-fetch-site", "none")], false, false)]
    #[case::its_other_address(&[("host", "[::1]:80"), ("sec-fetch-site", "none")], false, false)]
    #[case::a_name_that_only_ends_so(&[("host", "evillocalhost"), ("sec-fetch-site", "none")], false, true)]
    fn https_is_known(
        #[case] pairs: &[(&'static str, &'static str)],
        #[case] behind_proxy: bool,
        #[case] https: bool,
    ) {
        assert_eq!(is_https(&headers(pairs), behind_proxy), https);
    }

    #[test]
    fn the_cookie_of_this_host_alone_comes_first() {
        let both = headers(&[("cookie", "lookfor-office=b; x=1; __Host-lookfor-office=a")]);
        let cookie = Cookie::of(&both, false).expect("there are two");
        assert_eq!(cookie.sha256(), Sha256::of(b"a"));
        assert_ne!(cookie.form_token(), cookie.sha256().to_string());
        assert!(Cookie::of(&headers(&[("cookie", "x=1")]), false).is_none());
    }

    #[rstest]
    #[case::over_https(("origin", "https://lookfor.district.org"), false)]
    #[case::behind_a_proxy(("x-forwarded-proto", "https"), false)]
    #[case::on_a_plain_connection(("origin", "http://10.0.0.5:8080"), true)]
    fn the_plain_cookie_is_taken_on_plain_connections_alone(
        #[case] said: (&'static str, &'static str),
        #[case] taken: bool,
    ) {
        let plain = headers(&[("cookie", "lookfor-office=b"), said]);
        assert_eq!(Cookie::of(&plain, true).is_some(), taken);
    }

    #[test]
    fn a_cookie_is_for_this_server_and_its_own_pages() {
        let secret = Secret::mint();
        let text = set(&secret, true);
        let text = text.to_str().expect("it is plain");
        assert!(text.starts_with("__Host-lookfor-office="));
        for part in [
            "Path=/",
            "HttpOnly",
            "SameSite=Strict",
            "Secure",
            "Max-Age=28800",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(
            !set(&secret, false)
                .to_str()
                .expect("plain")
                .contains("Secure")
        );
    }
}
