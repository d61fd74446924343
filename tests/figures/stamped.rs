//! The built app with one thing added: its worker says when it gave an answer.

use crate::support::web_folder;
use std::path::Path;
use tempfile::TempDir;

/// A copy of the web folder, in which the worker stamps its answers.
pub fn stamped_web() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&web_folder(), copy.path());
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, name) = entry
            .map(|entry| (entry.path(), entry.file_name()))
            .unwrap();
        let to = to.join(&name);
        match name.to_string_lossy().as_ref() {
            _ if from.is_dir() => copy_folder(&from, &to),
            "app.js" => {
                let glue = std::fs::read_to_string(from).unwrap();
                std::fs::write(to, format!("{}\n{glue}", include_str!("stamp.js"))).unwrap();
            }
            // It would be served instead of the changed file.
            "app.js.br" => {}
            _ => drop(std::fs::copy(from, to).unwrap()),
        }
    }
}
