//! Which forms are published, and what they have.
//!
//! A record names its form and its look-fors by keys, in a body that is never erased. What no published form has could
//! be anything that somebody typed: it is kept, and neither counted nor shown to others before its form comes.

use super::form::FormRef;
use super::look_for::LookForKey;
use std::collections::{BTreeMap, BTreeSet};

/// The forms that are published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published(BTreeMap<String, Form>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    versions: BTreeSet<u32>,
    look_fors: BTreeSet<LookForKey>,
}

impl Published {
    /// Of every version of every form, its look-fors.
    pub fn of(look_fors: impl IntoIterator<Item = (FormRef, LookForKey)>) -> Self {
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        for (form, look_for) in look_fors {
            let known = forms.entry(form.key).or_default();
            known.versions.insert(form.version);
            known.look_fors.insert(look_for);
        }
        Self(forms)
    }

    /// Whether this version of the form is there.
    pub fn has(&self, form: &FormRef) -> bool {
        let known = self.0.get(&form.key);
        known.is_some_and(|known| known.versions.contains(&form.version))
    }

    /// Whether some version of the form has the look-for: a key keeps its meaning from version to version.
    pub fn has_look_for(&self, form: &str, look_for: &LookForKey) -> bool {
        let known = self.0.get(form);
        known.is_some_and(|known| known.look_fors.contains(look_for))
    }
}
