//! From cargo's wasm to a JavaScript module that starts itself.

use super::File;
use super::source::read_folder;
use crate::dev::failure::{Failure, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// What follows the glue, which by itself only defines how to start.
///
/// Page and worker load this same file, so that they share one download and one version. The page
/// starts the worker before its own wasm: both get ready side by side, and the store is open when
/// the first screen asks for it. The Rust side adopts `lookforWorker`, or makes its own where
/// another bundler made the glue. Neither end hears what was said before it listened, so each has
/// to greet when it begins to listen and to answer a greeting.
const START: &str = r#"
if (typeof document !== "undefined") {
  globalThis.lookforWorker = new Worker(import.meta.url, { type: "module", name: "store" });
}
__wbg_init({ module_or_path: new URL("app_bg.wasm", import.meta.url) });
"#;

/// Makes `app.js`, `app_bg.wasm` and the snippets that they import from `wasm`, working in the
/// folder `work`, which it removes. Fails when `wasm` was linked against a wasm-bindgen of
/// another version than this program's.
pub fn generate(wasm: &[u8], work: &Path) -> Result<Vec<File>> {
    // A folder that an interrupted run left behind would add its files.
    if work.exists() {
        fs::remove_dir_all(work).map_err(Failure::at("empty", work))?;
    }
    let refused = |error| Failure::new(format!("wasm-bindgen refused the app: {error:#}."));
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(refused)?;
    bindgen
        .input_bytes("app", wasm.to_vec())
        .out_name("app")
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(work).map_err(refused)?;
    let files = read_folder(work)?;
    fs::remove_dir_all(work).map_err(Failure::at("remove", work))?;
    files.into_iter().map(started).collect()
}

/// Appends the start to the module, and leaves every other file as it is.
fn started(mut file: File) -> Result<File> {
    if file.path == "app.js" {
        let is_there = |name: &[u8]| file.bytes.windows(name.len()).any(|part| part == name);
        if !is_there(b"function __wbg_init(") {
            return Err(Failure::new(
                "wasm-bindgen's module has no `__wbg_init` to call.",
            ));
        }
        file.bytes.extend_from_slice(START.as_bytes());
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_starts_before_the_page_and_only_from_the_page() {
        let glue = "async function __wbg_init(options) {}\n";
        let module = started(File::new("app.js", glue)).expect("started");
        let module = String::from_utf8(module.bytes).expect("text");
        let at = |part| module.find(part).expect("there");
        assert!(at("typeof document") < at("new Worker"));
        assert!(at("new Worker") < at("\n__wbg_init({"));
    }

    #[test]
    fn glue_of_an_unknown_shape_is_refused() {
        assert!(started(File::new("app.js", "function init() {}")).is_err());
        let snippet = File::new("snippets/x.js", "1");
        assert_eq!(started(snippet.clone()), Ok(snippet));
    }
}
