//! Race and ethnicity of students, for the counts alone.

use super::super::values::{self, DEMOGRAPHICS};
use super::super::{AnyTable, Reading};
use super::is_gone;
use crate::domain::import::{Mode, Named, Reason, Trouble};

impl Reading {
    /// Counts students in the groups that their rows say; those of staff and of others are passed over. Where all
    /// users are there, each row has to be of one of them.
    pub(in super::super) fn demographics(
        &mut self,
        table: &mut AnyTable<'_>,
    ) -> Result<(), Trouble> {
        let columns = DEMOGRAPHICS.map(|(name, group)| (table.column(name), group));
        let user = table.column("sourcedid");
        let has_all = self.roster.people_mode == Mode::Bulk;
        self.rows(table, |reading, table| {
            let id = table.needed(user)?;
            if is_gone(table)? {
                return Ok(None::<()>);
            }
            let mut groups = Vec::new();
            for (column, group) in columns {
                let said = values::yes(&table.cell(column));
                if said.ok_or_else(|| table.bad(column, Reason::NoGroup))? {
                    groups.push(group);
                }
            }
            if !has_all {
                reading.students.add(&id, None);
            }
            let is_passed = reading.students.has_other(&id) || reading.staff.read.contains(&id);
            if !reading.students.has(&id) && !is_passed {
                return Err(table.bad(user, Reason::NoSuch { what: Named::User }));
            }
            for group in groups {
                reading.students.group(&id, group);
            }
            Ok(None)
        })
        .map(drop)
    }
}
