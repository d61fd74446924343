//! The name of a build, made from everything in it.

use super::File;
use sha2::{Digest, Sha256};
use std::fmt;

/// The first 16 hexadecimal digits of a SHA-256 over a build's files and templates. Equal builds
/// have equal names on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// The name of the build made of these named groups of files, whatever their order within a
    /// group.
    pub fn of(groups: &[(&str, &[File])]) -> Self {
        let mut hasher = Sha256::new();
        for (name, files) in groups {
            let mut files: Vec<&File> = files.iter().collect();
            files.sort_by(|one, other| one.path.cmp(&other.path));
            // Counts and lengths, so that no two lists of files read alike.
            hasher.update(format!("{name} {}\n", files.len()));
            for file in files {
                hasher.update(format!("{} {}\n", file.path, file.bytes.len()));
                hasher.update(&file.bytes);
            }
        }
        let sum = hasher.finalize();
        Self(
            sum.iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(files: &[(&str, &str)]) -> Version {
        let files: Vec<File> = files
            .iter()
            .map(|(path, text)| File::new(*path, *text))
            .collect();
        Version::of(&[("inner", &files)])
    }

    #[test]
    fn the_name_is_the_same_today_and_tomorrow() {
        let name = version(&[("app.js", "go()"), ("app_bg.wasm", "\0asm")]).to_string();
        assert_eq!(name, "1c8ca4cf3ad90e0d");
    }

    #[test]
    fn the_order_of_the_files_is_not_in_the_name() {
        assert_eq!(
            version(&[("a", "1"), ("b", "2")]),
            version(&[("b", "2"), ("a", "1")])
        );
    }

    #[test]
    fn names_and_contents_are_in_the_name() {
        let first = version(&[("a", "1"), ("b", "2")]);
        assert_ne!(version(&[("a", "2"), ("b", "1")]), first);
        assert_ne!(version(&[("a", "1"), ("c", "2")]), first);
        assert_ne!(version(&[("a", "1b 1\n2")]), first);
    }
}
