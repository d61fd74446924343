//! `taps`: a solo visit on each starter form, tapped as few times as the form allows.

use crate::figure::Figure;
use crate::support::answering::{Taps, answer_core};
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::enter::{FORM, arrive};
use crate::support::forms::{of_class, of_form, publish};
use crate::support::program::Program;
use crate::support::web_folder;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::Kind;
use lookfor::server::library::starter::starter;

/// True when every tap is committed.
const KEPT: &str = "document.querySelector('#standing')?.dataset.state === 'kept'";

/// Visits a class on each form of the library, through the screen, and counts.
pub async fn measure() {
    let data = tempfile::tempdir().unwrap();
    let server = Program::start(data.path(), &web_folder());
    let mut documents = of_class(1, "Ortega", "Grade 5 mathematics");
    for idea in starter() {
        documents.extend(of_form(&idea.form));
    }
    publish(data.path(), &documents);
    let (driver, profile) = (Driver::start(), Profile::new());
    let browser = Browser::open(&driver, &profile, TABLET, "en-US").await;
    let url = format!("http://{}", server.address);
    arrive(&browser, &url, || server.first_secret()).await;
    browser
        .until("document.querySelector('[aria-labelledby=other-ideas]')")
        .await;

    let mut rows = Vec::new();
    for idea in starter() {
        rows.push((&idea.form, visit(&browser, &idea.form).await));
    }
    browser.close().await;
    let most = |what: fn(&Visit) -> u32| rows.iter().map(|(_, visit)| what(visit)).max().unwrap();
    let forms = rows.len();
    let print = |name, value: u32, unit, bar, of: &str| {
        let value = value.into();
        Figure {
            name,
            value,
            unit,
            bar,
        }
        .print(&format!(
            "{of} on {forms} starter forms, a tablet, no typing"
        ));
    };
    print(
        "taps-to-form",
        most(|one| one.to_form),
        "taps",
        2.0,
        "the most from the first screen to a form that takes taps",
    );
    print(
        "taps",
        most(|one| one.all - one.needed),
        "taps above N",
        4.0,
        "the most above the N that the core look-fors need, to the form and sent",
    );
    print(
        "taps-small",
        most(|one| one.small),
        "targets",
        0.0,
        "the most that were tapped and are below 48 px",
    );
    println!("  core  N  taps  smallest target  form");
    for (form, visit) in &rows {
        println!(
            "  {:>4} {:>2} {:>5} {:>12} px  {}",
            form.look_fors.iter().filter(|one| one.core).count(),
            visit.needed,
            visit.all,
            visit.smallest_px.round(),
            form.title.en
        );
    }
}

struct Visit {
    to_form: u32,
    /// What the core look-fors that were asked need at least.
    needed: u32,
    /// All taps, to the form and the two that send it included.
    all: u32,
    small: u32,
    smallest_px: f64,
}

/// A counter is one tap; a timer, a share and the focus seats are two.
fn needed(kind: &Kind) -> u32 {
    match kind {
        Kind::Timer | Kind::Ratio { .. } | Kind::Seats => 2,
        _ => 1,
    }
}

async fn visit(browser: &Browser, form: &Form) -> Visit {
    let mut taps = Taps::none();
    let title = &form.title.en;
    let in_focus = format!("document.querySelector('.focus h2')?.innerText === {title:?}");
    if browser.eval(&in_focus).await == false {
        let chips = "[...document.querySelectorAll('[aria-labelledby=other-ideas] button')]";
        let place = format!("{chips}.findIndex((e) => e.innerText === {title:?})");
        let place = browser.eval(&place).await.as_i64().unwrap() + 1;
        let chip = format!("[aria-labelledby=other-ideas] button:nth-child({place})");
        taps.tap(browser, &chip).await;
        browser.until(&in_focus).await;
    }
    taps.tap(browser, ".class.first .start").await;
    browser.until(FORM).await;
    let to_form = taps.count;
    let answered = answer_core(browser, form, &mut taps).await;
    browser.until(KEPT).await;
    taps.tap(browser, "#done").await;
    browser.until("document.querySelector('#send')").await;
    for place in &answered {
        let left =
            format!("document.querySelector('[aria-labelledby=left] [data-place=\"{place}\"]')");
        assert_eq!(
            browser.eval(&format!("!{left}")).await,
            true,
            "{title}, {place}"
        );
    }
    taps.tap(browser, "#send").await;
    browser.until("document.querySelector('#written')").await;
    Visit {
        to_form,
        needed: answered
            .iter()
            .map(|place| needed(&form.look_fors[*place].kind))
            .sum(),
        all: taps.count,
        small: taps.small,
        smallest_px: taps.smallest_px,
    }
}
