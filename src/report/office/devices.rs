//! The page of devices.

use super::frame::{Frame, Section};
use super::people::called;
use super::piece::{self, Field, Table, link, query};
use crate::domain::id::{DeviceId, PersonId};
use crate::report::html::Html;
use crate::text::office::devices::DevicesSay;
use crate::text::office::frame::FrameSay;
use crate::text::office::people::PeopleSay;

/// A device in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLine {
    /// The device.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// What they are called; none when it was erased.
    pub name: Option<String>,
    /// What it is recognised by, such as "Chrome, Android".
    pub label: String,
    /// When it signed in last, in milliseconds since 1970.
    pub signed_in_at_utc_ms: i64,
    /// When it was last heard of.
    pub seen_at_utc_ms: i64,
    /// When it was signed out; none when it is signed in.
    pub ended_at_utc_ms: Option<i64>,
}

/// The list of devices.
pub struct DevicesPage<'a> {
    /// The devices.
    pub lines: &'a [DeviceLine],
    /// How many all pages have.
    pub all: u64,
    /// What was searched.
    pub asked: &'a str,
    /// Whether those that were signed out are listed.
    pub ended: bool,
    /// Whether this is not the first page.
    pub later: bool,
    /// What the next page comes after.
    pub next: Option<String>,
}

/// The page.
pub fn devices(frame: &Frame<'_>, page: &DevicesPage<'_>) -> String {
    let say = |what| frame.say(what);
    let ended = if page.ended { "ended" } else { "" };
    let shown = [
        (String::new(), say(DevicesSay::SignedIn).to_owned()),
        ("ended".to_owned(), say(DevicesSay::Ended).to_owned()),
    ];
    let show = Field {
        name: "show",
        label: frame.say(PeopleSay::Show),
        value: ended,
        ..Field::default()
    };
    let mut main = Html::default()
        .raw("<p class=\"lead\">")
        .text(say(DevicesSay::Means))
        .raw("</p>")
        .piece(piece::search(
            "/office/devices",
            frame.say(PeopleSay::SearchName),
            page.asked,
            frame.say(FrameSay::Search),
            show.select(&shown),
        ));
    if page.lines.is_empty() {
        let none = match page.asked.is_empty() && !page.ended {
            true => DevicesSay::None,
            false => DevicesSay::NoneFound,
        };
        main = main.raw("<p class=\"empty\">").text(say(none)).raw("</p>");
        return frame.page(Section::Devices, say(DevicesSay::Devices), main);
    }
    let row = |device: &DeviceLine| {
        let address = format!("/office/people/{}", device.person);
        let mut row = vec![
            link(&address, &called(frame, device.name.as_deref())),
            piece::text(&device.label),
        ];
        row.extend(cells(frame, device));
        row
    };
    let last = if page.ended {
        say(DevicesSay::EndedOn)
    } else {
        ""
    };
    let table = Table {
        caption: &frame.language.devices_counted(page.all),
        heads: vec![
            say(DevicesSay::Person),
            say(DevicesSay::Device),
            say(DevicesSay::SignedInOn),
            say(DevicesSay::SeenOn),
            last,
        ],
        rows: page.lines.iter().map(row).collect(),
    };
    let asked = [("q", page.asked), ("show", ended)];
    let first = query("/office/devices", &asked);
    let next = page.next.as_ref().map(|after| {
        let mut asked = asked.to_vec();
        asked.push(("after", after));
        query("/office/devices", &asked)
    });
    let pager = piece::pager(
        page.later
            .then_some((first.as_str(), frame.say(FrameSay::First))),
        next.as_deref()
            .map(|next| (next, frame.say(FrameSay::Next))),
    );
    main = main.piece(table.html()).piece(pager);
    frame.page(Section::Devices, say(DevicesSay::Devices), main)
}

/// When it signed in, when it was heard of, and the button that ends it, or when that was.
pub(super) fn cells(frame: &Frame<'_>, device: &DeviceLine) -> [Html; 3] {
    let time = |at| piece::text(&when(frame, at));
    let last = match device.ended_at_utc_ms {
        Some(at) => Html::default()
            .raw("<span class=\"quiet\">")
            .text(frame.say(DevicesSay::EndedOn))
            .text(" ")
            .text(&when(frame, at))
            .raw("</span>"),
        None => end(frame, device),
    };
    [
        time(device.signed_in_at_utc_ms),
        time(device.seen_at_utc_ms),
        last,
    ]
}

fn end(frame: &Frame<'_>, device: &DeviceLine) -> Html {
    let name = called(frame, device.name.as_deref());
    let words = frame.language.end_device(&device.label, &name);
    let inside = super::piece::hidden("back", frame.path)
        .raw("<button")
        .attribute("aria-label", &words)
        .raw(">")
        .text(frame.say(DevicesSay::End))
        .raw("</button>");
    let address = format!("/office/devices/{}/end", device.id);
    frame.forms().post(&address, inside)
}

/// A time of the server on the reader's wall.
pub(super) fn when(frame: &Frame<'_>, at_utc_ms: i64) -> String {
    frame.language.day_and_time(frame.at(at_utc_ms))
}
