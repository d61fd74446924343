//! `sw.js`, from its template: which version it keeps, and the exact list of its files.

use super::File;
use super::version::Version;
use crate::dev::failure::{Failure, Result};

const VERSION: &str = "const VERSION = \"\";";
const FILES: &str = "const FILES = [];";

/// The service worker of `version`, which keeps `files` and the page itself. Fails when the
/// template lacks one of its two places.
pub fn render(template: &str, version: &Version, files: &[File]) -> Result<String> {
    for marker in [VERSION, FILES] {
        if template.matches(marker).count() != 1 {
            return Err(Failure::new(format!(
                "assets/sw.js needs `{marker}` exactly once."
            )));
        }
    }
    let list = serde_json::to_string_pretty(&kept(files))
        .map_err(|error| Failure::new(format!("The list of files is not text: {error}.")))?;
    Ok(template
        .replace(VERSION, &format!("const VERSION = \"{version}\";"))
        .replace(FILES, &format!("const FILES = {list};")))
}

/// The addresses that work offline, the page first. The pictures of the icon stay out: the system
/// keeps its own copies when it installs the app, and a first visit should be light.
fn kept(files: &[File]) -> Vec<String> {
    let is_kept = |file: &&File| !file.path.ends_with(".png");
    let paths = files
        .iter()
        .filter(is_kept)
        .map(|file| format!("/{}", file.path));
    std::iter::once("/".to_owned()).chain(paths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_names_its_version_and_its_files() {
        let files = [File::new("b/V/app.js", ""), File::new("icon-192.png", "")];
        let template = format!("{VERSION}\n{FILES}\nrest();");
        let worker = render(&template, &Version::of(&[]), &files).expect("rendered");
        let version = Version::of(&[]);
        let expected = format!(
            "const VERSION = \"{version}\";\nconst FILES = [\n  \"/\",\n  \"/b/V/app.js\"\n];\nrest();"
        );
        assert_eq!(worker, expected);
    }

    #[test]
    fn a_template_without_its_places_is_refused() {
        assert!(render(VERSION, &Version::of(&[]), &[]).is_err());
        assert!(render(FILES, &Version::of(&[]), &[]).is_err());
    }
}
