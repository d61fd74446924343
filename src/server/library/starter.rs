//! The starter library: twelve change ideas, and the versions that were published before.

use super::read::{Written, read};
use crate::domain::collect::form::Form;
use crate::domain::plan::change_idea::ChangeIdea;
use std::sync::OnceLock;

/// A file of the library, by its name.
macro_rules! file {
    ($name:literal) => {
        (
            concat!($name, ".toml"),
            include_str!(concat!("../../../assets/library/", $name, ".toml")),
        )
    };
}

/// The files with their names, in the order of the library.
pub const FILES: &[(&str, &str)] = &[
    file!("three-reads"),
    file!("opener-discourse"),
    file!("ask-when-confused"),
    file!("reflection-names-confusion"),
    file!("language-frames"),
    file!("representations"),
    file!("small-groups"),
    file!("justify-and-critique"),
    file!("persevere"),
    file!("equitable-grading"),
    file!("care-and-expectations"),
    file!("evidence-of-thinking"),
];

/// Versions that were published and are no longer the newest: records were made on them.
const EARLIER: &[&str] = &[
    include_str!("../../../assets/library/earlier/three-reads-1.json"),
    include_str!("../../../assets/library/earlier/ask-when-confused-1.json"),
    include_str!("../../../assets/library/earlier/small-groups-1.json"),
    include_str!("../../../assets/library/earlier/persevere-1.json"),
    include_str!("../../../assets/library/earlier/evidence-of-thinking-1.json"),
];

/// The newest version of each idea of the library.
///
/// # Panics
/// When a file of ours does not read, which a test rules out.
pub fn starter() -> &'static [ChangeIdea] {
    static IDEAS: OnceLock<Vec<ChangeIdea>> = OnceLock::new();
    IDEAS.get_or_init(|| {
        let ideas = FILES.iter().map(|(_, text)| read(text));
        let idea = |read: Result<Written, _>| read.expect("a test reads every file").idea;
        ideas.map(idea).collect()
    })
}

/// The forms of versions that were published before.
///
/// # Panics
/// As [`starter`].
pub fn earlier() -> &'static [Form] {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let forms = EARLIER.iter().map(|text| serde_json::from_str(text));
        forms
            .map(|read| read.expect("a test reads every file"))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::places::Located;
    use super::*;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::hash::Sha256;
    use crate::domain::plan::versions::breaks_in_form;
    use std::collections::BTreeMap;

    /// What was published: each version with the hash of its form.
    const PUBLISHED: &str = include_str!("../../../assets/library/published.toml");

    fn published() -> BTreeMap<String, String> {
        let lines = PUBLISHED.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, sum)| (name.trim_matches('"').into(), sum.trim_matches('"').into()))
            .collect()
    }

    fn sum(form: &Form) -> (String, String) {
        let json = serde_json::to_string(form).expect("it is JSON");
        let name = format!("{}@{}", form.form.key, form.form.version);
        (name, Sha256::of(json.as_bytes()).to_string())
    }

    #[test]
    fn every_idea_of_the_library_reads_and_is_named_as_its_file() {
        let mut wrong = Vec::new();
        for (name, text) in FILES {
            match read(text) {
                Ok(written) => assert_eq!(format!("{}.toml", written.idea.form.form.key), *name),
                Err(faults) => wrong.extend(faults.into_iter().map(|one| {
                    let Located {
                        line,
                        column,
                        fault,
                    } = one;
                    format!("{name}:{line}:{column} {} {:?}", fault.place, fault.wrong)
                })),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_is_published_stays_as_it_is() {
        let forms = starter().iter().map(|idea| &idea.form).chain(earlier());
        let now: BTreeMap<String, String> = forms.map(sum).collect();
        let lines: Vec<String> = now
            .iter()
            .map(|(name, sum)| format!("\"{name}\" = \"{sum}\""))
            .collect();
        assert!(
            now == published(),
            "a published form gets a new version, and its old one a file in earlier/; \
             published.toml would be\n{}",
            lines.join("\n")
        );
    }

    #[test]
    fn a_key_means_the_same_in_every_version() {
        for older in earlier() {
            let key = &older.form.key;
            let newer = starter().iter().find(|idea| idea.form.form.key == *key);
            let newer = &newer.expect("the library goes on with it").form;
            assert!(older.form.version < newer.form.version);
            assert_eq!(breaks_in_form(older, newer), []);
        }
    }

    #[test]
    fn the_form_of_the_first_version_is_the_one_that_devices_had() {
        assert_eq!(earlier().first(), Some(&Form::three_reads()));
        let key = LookForKey("purpose-said".into());
        let now = starter().first().and_then(|idea| idea.form.look_for(&key));
        let before = Form::three_reads();
        let before = before.look_for(&key);
        assert_eq!(
            now.map(|now| (&now.words, &now.kind, now.component)),
            before.map(|before| (&before.words, &before.kind, before.component))
        );
    }
}
