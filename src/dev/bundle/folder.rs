//! The bundle's folder: written whole beside the old one, compressed, then put in its place.

use super::File;
use super::source::read_folder;
use super::weights::Weight;
use crate::dev::failure::{Failure, Result};
use brotli::enc::BrotliEncoderParams;
use std::fs;
use std::path::Path;

/// Below this a compressed copy saves nothing that a network would notice.
const COMPRESSED_FROM_BYTES: usize = 1024;

/// What gets smaller when it is compressed; pictures are compressed already.
const COMPRESSIBLE: [&str; 7] = [
    ".css",
    ".html",
    ".js",
    ".json",
    ".svg",
    ".wasm",
    ".webmanifest",
];

/// The window of the compressor as a power of two: 16 MiB, the most that every browser takes.
const WINDOW_BITS: i32 = 24;

/// Makes `folder` hold exactly `files`, each with its `.br` where that is worth it. A reader
/// finds the old folder or the new one, but for the moment between two renames.
pub fn replace(folder: &Path, files: &[File]) -> Result<()> {
    let (new, old) = (folder.with_extension("new"), folder.with_extension("old"));
    remove(&new)?;
    remove(&old)?;
    for file in files {
        let path = new.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Failure::at("make", parent))?;
        }
        fs::write(&path, &file.bytes).map_err(Failure::at("write", &path))?;
        if is_worth_compressing(file) {
            let path = new.join(format!("{}.br", file.path));
            let bytes = compress(&file.bytes).map_err(Failure::at("compress", &path))?;
            fs::write(&path, bytes).map_err(Failure::at("write", &path))?;
        }
    }
    if folder.exists() {
        fs::rename(folder, &old).map_err(Failure::at("move aside", folder))?;
    }
    fs::rename(&new, folder).map_err(Failure::at("put in place", folder))?;
    remove(&old)
}

/// What each file in `folder` weighs, in the order of their paths.
pub fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let files = read_folder(folder)?;
    let size = |path: &str| {
        files
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.bytes.len())
    };
    let plain = files.iter().filter(|file| !file.path.ends_with(".br"));
    Ok(plain
        .map(|file| Weight {
            path: file.path.clone(),
            raw_bytes: file.bytes.len(),
            brotli_bytes: size(&format!("{}.br", file.path)),
        })
        .collect())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::at("remove", folder))?;
    }
    Ok(())
}

fn is_worth_compressing(file: &File) -> bool {
    file.bytes.len() > COMPRESSED_FROM_BYTES
        && COMPRESSIBLE.iter().any(|end| file.path.ends_with(end))
}

/// `bytes` at brotli's highest quality; slow, and worth it for what is downloaded so often.
fn compress(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: WINDOW_BITS,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &params)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_when_it_is_long_enough() {
        let long = "a".repeat(COMPRESSED_FROM_BYTES + 1);
        assert!(is_worth_compressing(&File::new(
            "b/x/app.js",
            long.as_str()
        )));
        assert!(!is_worth_compressing(&File::new("icon.png", long.as_str())));
        assert!(!is_worth_compressing(&File::new("icon.svg", "<svg/>")));
    }

    #[test]
    fn what_was_compressed_reads_the_same() {
        let text = "seen, partly, not seen, not the moment; ".repeat(100);
        let small = compress(text.as_bytes()).expect("compressed");
        assert!(small.len() < text.len() / 10);
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut again).expect("decompressed");
        assert_eq!(again, text.as_bytes());
    }

    #[test]
    fn the_new_folder_holds_nothing_of_the_old_one() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("web");
        let long = "<p>".repeat(1000);
        replace(
            &folder,
            &[File::new("b/1/app.js", "1"), File::new("old.html", "old")],
        )
        .expect("written");
        replace(
            &folder,
            &[
                File::new("b/2/app.js", "2"),
                File::new("index.html", long.as_str()),
            ],
        )
        .expect("replaced");
        let weights = weigh(&folder).expect("weighed");
        let names: Vec<&str> = weights.iter().map(|weight| weight.path.as_str()).collect();
        assert_eq!(names, ["b/2/app.js", "index.html"]);
        let is_small: Vec<bool> = weights
            .iter()
            .map(|weight| weight.brotli_bytes.is_some())
            .collect();
        assert_eq!(is_small, [false, true]);
        assert_eq!(fs::read_dir(parent.path()).expect("readable").count(), 1);
    }
}
