//! Which look-fors are asked: by the rules of the form, and by whether one observer visits or several.

use super::mark::Mark;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;

/// For each look-for of the form, whether it is asked. A rule looks at what is recorded for look-fors before
/// it; what is recorded for one that is not asked itself does not count.
///
/// One observer is asked the core, where the form has one; several are asked all.
pub fn asked(form: &Form, marks: &[Mark], observers: u8) -> Vec<bool> {
    let core = observers < 2 && form.look_fors.iter().any(|look_for| look_for.core);
    let mut asked = Vec::with_capacity(form.look_fors.len());
    for look_for in &form.look_fors {
        let seen = Seen {
            form,
            marks,
            asked: &asked,
        };
        let relevant = look_for.when.as_ref();
        let relevant = relevant.is_none_or(|rule| rule.holds(&|key| seen.rating(key)));
        asked.push(relevant && (look_for.core || !core));
    }
    asked
}

/// What a rule can look at.
struct Seen<'a> {
    form: &'a Form,
    marks: &'a [Mark],
    asked: &'a [bool],
}

impl<'a> Seen<'a> {
    fn rating(&self, key: &LookForKey) -> Option<&'a Rating> {
        let before = self.form.look_fors.iter().zip(self.marks).zip(self.asked);
        let mut found = before.filter(|((look_for, _), asked)| **asked && look_for.key == *key);
        found.next()?.0.1.rating.as_ref()
    }
}
