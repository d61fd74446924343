//! What a bundle is made from.

use super::{File, text};
use crate::dev::failure::{Failure, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// The bundler itself: a bundle made by another one is not the newest.
const BUNDLER: [&str; 7] = [
    include_str!("mod.rs"),
    include_str!("folder.rs"),
    include_str!("glue.rs"),
    include_str!("page.rs"),
    include_str!("service_worker.rs"),
    include_str!("source.rs"),
    include_str!("version.rs"),
];

/// What lies in `assets` for the server alone, which carries it in its program: no page asks for it, and a
/// service worker would fetch it on every first visit.
const FOR_THE_SERVER: &str = "library/";

/// All inputs, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The app as cargo built it.
    pub wasm: Vec<u8>,
    /// `index.html`, the template.
    pub page: String,
    /// The files below `assets` that a browser may ask for, in the order of their paths.
    pub assets: Vec<File>,
}

impl Source {
    /// Reads the package at `root` and the app at `wasm`.
    pub fn read(root: &Path, wasm: &Path) -> Result<Self> {
        let read = |path: &Path| fs::read(path).map_err(Failure::at("read", path));
        let mut assets = read_folder(&root.join("assets"))?;
        assets.retain(|file| !file.path.starts_with(FOR_THE_SERVER));
        Ok(Self {
            wasm: read(wasm)?,
            page: text("index.html", &read(&root.join("index.html"))?)?,
            assets,
        })
    }

    /// The bytes of the asset at `path`. Fails when there is none.
    pub fn asset(&self, path: &str) -> Result<&[u8]> {
        let asset = self.assets.iter().find(|file| file.path == path);
        let missing = || Failure::new(format!("The file assets/{path} is missing."));
        asset.map(|file| file.bytes.as_slice()).ok_or_else(missing)
    }

    /// A text that two sources share exactly if their bundles are the same.
    pub fn stamp(&self) -> String {
        let mut hasher = Sha256::new();
        let mut add = |name: &str, bytes: &[u8]| {
            hasher.update(format!("{name} {}\n", bytes.len()));
            hasher.update(bytes);
        };
        BUNDLER
            .iter()
            .for_each(|source| add("bundler", source.as_bytes()));
        add("wasm", &self.wasm);
        add("page", self.page.as_bytes());
        self.assets
            .iter()
            .for_each(|file| add(&file.path, &file.bytes));
        hasher
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Every file below `folder`, in the order of their paths. Hidden files stay out: editors and
/// systems leave them behind.
pub fn read_folder(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    read_below(folder, "", &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn read_below(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Failure::at("read", folder))? {
        let entry = entry.map_err(Failure::at("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let (path, inner) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() {
            read_below(&path, &format!("{inner}/"), files)?;
        } else {
            files.push(File::new(
                inner,
                fs::read(&path).map_err(Failure::at("read", &path))?,
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_server_needs_is_in_no_bundle() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("assets/library")).expect("made");
        for path in [
            "app.wasm",
            "index.html",
            "assets/a.svg",
            "assets/library/three-reads.toml",
        ] {
            fs::write(root.join(path), "x").expect("written");
        }
        let source = Source::read(root, &root.join("app.wasm")).expect("read");
        let paths: Vec<_> = source
            .assets
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        assert_eq!(paths, ["a.svg"]);
    }

    #[test]
    fn the_stamp_changes_with_every_input_and_with_nothing_else() {
        let source = Source {
            wasm: vec![1],
            page: "page".to_owned(),
            assets: vec![File::new("a", "1"), File::new("b", "2")],
        };
        assert_eq!(source.stamp(), source.clone().stamp());
        let mut others = vec![source.clone(); 3];
        if let [wasm, page, asset] = others.as_mut_slice() {
            wasm.wasm.push(2);
            page.page.push('!');
            asset.assets = vec![File::new("a", "12"), File::new("b", "")];
        }
        assert!(others.iter().all(|other| other.stamp() != source.stamp()));
    }
}
