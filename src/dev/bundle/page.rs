//! `index.html`, from the template that every bundler shares.

use super::version::Version;
use crate::dev::failure::{Failure, Result};

const STYLESHEET: &str = r#"href="/lookfor.css""#;
const HEAD_END: &str = "</head>";

/// The page of `version`: its stylesheet, its module and, ahead of the module asking for it, its
/// wasm. The module runs as soon as it is there (`async`): neither the stylesheet nor the end of the
/// page holds up the store, which is what a cold start waits for longest. Fails when one of the
/// places is not there exactly once.
pub fn render(template: &str, version: &Version) -> Result<String> {
    let folder = format!("/b/{version}");
    let ahead = format!(
        "<link rel=\"preload\" href=\"{folder}/app_bg.wasm\" as=\"fetch\" \
         type=\"application/wasm\" crossorigin>\n\
         <script type=\"module\" async src=\"{folder}/app.js\"></script>\n{HEAD_END}"
    );
    let page = put(
        template,
        STYLESHEET,
        &format!(r#"href="{folder}/lookfor.css""#),
    )?;
    put(&page, HEAD_END, &ahead)
}

fn put(page: &str, marker: &str, text: &str) -> Result<String> {
    match page.matches(marker).count() {
        1 => Ok(page.replace(marker, text)),
        count => Err(Failure::new(format!(
            "index.html needs `{marker}` exactly once, to be filled in; it is there {count} times."
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "<head>\n<link rel=\"stylesheet\" href=\"/lookfor.css\">\n</head>\n\
                            <body>\n<div id=\"main\"></div>\n</body>";

    #[test]
    fn the_page_names_its_own_version_everywhere() {
        let version = Version::of(&[]);
        let page = render(TEMPLATE, &version).expect("rendered");
        let expected = "<head>\n<link rel=\"stylesheet\" href=\"/b/V/lookfor.css\">\n\
            <link rel=\"preload\" href=\"/b/V/app_bg.wasm\" as=\"fetch\" \
            type=\"application/wasm\" crossorigin>\n\
            <script type=\"module\" async src=\"/b/V/app.js\"></script>\n</head>\n\
            <body>\n<div id=\"main\"></div>\n</body>";
        assert_eq!(page, expected.replace('V', &version.to_string()));
    }

    #[test]
    fn a_place_that_is_missing_or_doubled_is_named() {
        for marker in [STYLESHEET, HEAD_END] {
            let without = TEMPLATE.replace(marker, "");
            let failure = render(&without, &Version::of(&[]))
                .expect_err(marker)
                .to_string();
            assert!(
                failure.contains(marker) && failure.contains("0 times"),
                "{failure}"
            );
        }
        let doubled = TEMPLATE.replace("</head>", "</head></head>");
        assert!(render(&doubled, &Version::of(&[])).is_err());
    }
}
