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
///
/// The page compiles the wasm once and hands the module to that worker. A worker of another name
/// (one that replaces a worker that died) fetches it for itself. The worker's own listener takes
/// this one's place. The app itself starts when the page has the element that it draws into.
const START: &str = r#"
const wasmUrl = new URL("app_bg.wasm", import.meta.url);
if (typeof document !== "undefined") {
  const worker = new Worker(import.meta.url, { type: "module", name: "early" });
  globalThis.lookforWorker = worker;
  const compiled = WebAssembly.compileStreaming(fetch(wasmUrl));
  compiled.then((module) => worker.postMessage(module));
  const parsed = new Promise((go) => {
    if (document.readyState !== "loading") go();
    else document.addEventListener("DOMContentLoaded", go, { once: true });
  });
  parsed.then(() => __wbg_init({ module_or_path: compiled }));
} else if (self.name === "early") {
  self.onmessage = ({ data }) => {
    if (data instanceof WebAssembly.Module) __wbg_init({ module_or_path: data });
  };
} else {
  __wbg_init({ module_or_path: wasmUrl });
}
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
    inlined(files).into_iter().map(started).collect()
}

/// Writes the snippets that the module imports into the module itself: each would be one more
/// request before the page and the worker can start. A snippet of a form that this does not know
/// stays a file; one that nobody imports is left out.
fn inlined(mut files: Vec<File>) -> Vec<File> {
    let Some(at) = files.iter().position(|file| file.path == "app.js") else {
        return files;
    };
    let module = files.remove(at);
    let text = String::from_utf8_lossy(&module.bytes).into_owned();
    let mut still_imported = false;
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let Some((names, path)) = imported(line) else {
                return line.to_owned();
            };
            let snippet = files.iter().find(|file| file.path == path);
            match snippet.and_then(|file| in_place(&file.bytes)) {
                Some(code) => {
                    format!(
                        "const {{ {names} }} = (() => {{\n{code}\nreturn {{ {names} }};\n}})();"
                    )
                }
                None => {
                    still_imported = true;
                    line.to_owned()
                }
            }
        })
        .collect();
    if !still_imported {
        files.retain(|file| !file.path.starts_with("snippets/"));
    }
    files.push(File::new("app.js", lines.join("\n") + "\n"));
    files
}

/// The names and the path of `import { … } from './…';`.
fn imported(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("import { ")?;
    let (names, rest) = rest.split_once(" } from './")?;
    let path = rest.strip_suffix("';")?;
    // A name that is imported under another one would need more than this.
    (!names.contains(" as ")).then_some((names, path))
}

/// A snippet as code inside a function: without its exports, if they are all that makes it a module
/// and none has another name outside.
fn in_place(snippet: &[u8]) -> Option<String> {
    const DECLARED: [&str; 4] = ["class ", "function ", "const ", "async function "];
    let mut code = std::str::from_utf8(snippet).ok()?.to_owned();
    for kind in DECLARED {
        code = code.replace(&format!("export {kind}"), kind);
    }
    while let Some(start) = code.find("export{") {
        let length = code.get(start..)?.find("};")? + "};".len();
        let list = code.get(start..start + length)?;
        if list.contains(" as ") {
            return None;
        }
        code.replace_range(start..start + length, "");
    }
    (!code.contains("export") && !code.contains("import")).then_some(code)
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
        if is_there(br#" from "env""#) {
            return Err(Failure::new(
                "The app calls a C function that nobody brings, and would not start: the flags in \
                 .cargo/config.toml may leave out too much of SQLite.",
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
        assert!(at("new Worker") < at("__wbg_init({"));
    }

    #[test]
    fn what_the_module_imports_stands_in_it() {
        let files = vec![
            File::new("app.js", "import { a } from './snippets/x.js';\na();\n"),
            File::new("app_bg.wasm", "wasm"),
            File::new("snippets/x.js", "let n=1;export function a(){n}export{n};"),
            File::new("snippets/nobody.js", "export class B {}"),
        ];
        let files = inlined(files);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["app_bg.wasm", "app.js"]);
        let module = files.last().map(|file| file.bytes.clone());
        let module = String::from_utf8(module.unwrap_or_default()).expect("text");
        let wanted =
            "const { a } = (() => {\nlet n=1;function a(){n}\nreturn { a };\n})();\na();\n";
        assert_eq!(module, wanted);
    }

    #[test]
    fn a_snippet_of_another_form_stays_a_file() {
        for snippet in [
            "export default 1",
            "function b(){}export{b as a};",
            "import './y.js';export function a(){}",
        ] {
            let files = vec![
                File::new("app.js", "import { a } from './snippets/x.js';\n"),
                File::new("snippets/x.js", snippet),
            ];
            assert_eq!(inlined(files.clone()).len(), files.len(), "{snippet}");
        }
    }

    #[test]
    fn glue_of_an_unknown_shape_is_refused() {
        assert!(started(File::new("app.js", "function init() {}")).is_err());
        let lacking = "import * as import1 from \"env\"\nasync function __wbg_init(options) {}\n";
        assert!(started(File::new("app.js", lacking)).is_err());
        let snippet = File::new("snippets/x.js", "1");
        assert_eq!(started(snippet.clone()), Ok(snippet));
    }
}
