//! The app as files for a browser, in `target/web`. No other bundler is needed, and nothing here
//! knows what the app does.
//!
//! Reading order: [`source`] what goes in, [`glue`] from cargo's wasm to a module that starts
//! itself, [`version`] its name, [`page`] and [`service_worker`] filled in with that name,
//! [`folder`] written at once or not at all, [`weights`] what it costs to download.
//!
//! The page and what must keep its address lie at the root and are asked for anew every time;
//! everything else lies under `/b/<version>/` and never changes.

pub mod folder;
pub mod glue;
pub mod page;
pub mod service_worker;
pub mod source;
pub mod version;
pub mod weights;

use super::cargo::{build, cargo, root};
use super::failure::{Failure, Result};
use super::setup::{Tools, found::WASM};
use source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use version::Version;

/// One file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it lies, below the bundle's folder, with `/` between the parts.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file at `path` with `bytes`.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }
}

/// Builds the app and bundles it, unless the bundle in `target/web` was made from the same
/// inputs. Prints what a first visit downloads. Gives back the bundle's folder, absolute.
pub fn bundle(tools: &Tools) -> Result<PathBuf> {
    let wasm = build_app(tools)?;
    let source = Source::read(&root(), &wasm)?;
    let target = root().join("target");
    let (folder, stamp) = (target.join("web"), target.join("web.stamp"));
    let stamped = source.stamp();
    if fs::read_to_string(&stamp).is_ok_and(|last| last == stamped) && folder.is_dir() {
        println!("The bundle in target/web is the newest.");
    } else {
        println!("Bundling and compressing.");
        let glue = glue::generate(&source.wasm, &target.join("web.bindgen"))?;
        folder::replace(&folder, &compose(&source, glue)?)?;
        fs::write(&stamp, stamped).map_err(Failure::at("write", &stamp))?;
    }
    print!("{}", weights::table(&folder::weigh(&folder)?));
    Ok(folder)
}

fn build_app(tools: &Tools) -> Result<PathBuf> {
    let mut command = cargo(tools);
    command.args([
        "build",
        "--bin",
        "app",
        "--target",
        WASM,
        "--profile",
        "web",
    ]);
    command.args(["--no-default-features", "--features", "web"]);
    build(
        &mut command,
        "app",
        "The app does not build for the web; the reason stands above.",
    )
}

/// Every file of the bundle, from the app's `glue` (its module, its wasm and what they import)
/// and from what lies in the package.
fn compose(source: &Source, glue: Vec<File>) -> Result<Vec<File>> {
    let mut inner = glue;
    inner.push(File::new("lookfor.css", source.asset("lookfor.css")?));
    let is_outer = |file: &&File| file.path != "lookfor.css" && file.path != "sw.js";
    let mut files: Vec<File> = source.assets.iter().filter(is_outer).cloned().collect();

    let template = source.asset("sw.js")?;
    let version = Version::of(&[
        ("inner", &inner),
        ("outer", &files),
        ("page", &[File::new("index.html", source.page.as_bytes())]),
        ("service worker", &[File::new("sw.js", template)]),
    ]);
    let inner = inner.into_iter().map(|file| File {
        path: format!("b/{version}/{}", file.path),
        ..file
    });
    files.extend(inner);

    let page = page::render(&source.page, &version)?;
    let worker = service_worker::render(&text("sw.js", template)?, &version, &files)?;
    files.push(File::new("index.html", page));
    files.push(File::new("sw.js", worker));
    Ok(files)
}

fn text(name: &str, bytes: &[u8]) -> Result<String> {
    let path = Path::new(name);
    String::from_utf8(bytes.to_vec()).map_err(Failure::at("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            wasm: b"\0asm".to_vec(),
            page: r#"<html><head><link rel="stylesheet" href="/lookfor.css"></head><body></body></html>"#
                .to_owned(),
            assets: vec![
                File::new("icon.svg", "<svg/>"),
                File::new("lookfor.css", ":root{}"),
                File::new("sw.js", "const VERSION = \"\";\nconst FILES = [];\n"),
            ],
        }
    }

    fn paths(files: &[File]) -> Vec<&str> {
        files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn a_build_lies_under_its_own_name_and_the_page_at_the_root() {
        let files = compose(&source(), vec![File::new("app.js", "go()")]).expect("composed");
        let [icon, glue, style, page, worker] = paths(&files)[..] else {
            panic!("{files:?}")
        };
        assert_eq!((icon, page, worker), ("icon.svg", "index.html", "sw.js"));
        let folder = glue.strip_suffix("app.js").expect("the glue");
        assert_eq!(style.strip_suffix("lookfor.css"), Some(folder));
        assert_eq!(folder.len(), "b/0123456789abcdef/".len());
    }

    #[test]
    fn every_input_is_in_the_name() {
        let name = |source: &Source, glue: &str| {
            let files = compose(source, vec![File::new("app.js", glue)]).expect("composed");
            files
                .into_iter()
                .map(|file| file.path)
                .find(|path| path.ends_with("app.js"))
        };
        let first = name(&source(), "go()");
        assert_eq!(name(&source(), "go()"), first);
        assert_ne!(name(&source(), "stay()"), first);
        let mut other = source();
        other.page = other.page.replace("<body>", "<body class=\"x\">");
        assert_ne!(name(&other, "go()"), first);
        for index in 0..source().assets.len() {
            let mut other = source();
            if let Some(asset) = other.assets.get_mut(index) {
                asset.bytes.push(b'\n');
            }
            assert_ne!(name(&other, "go()"), first, "asset {index}");
        }
    }
}
