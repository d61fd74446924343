//! Change ideas that are in use, and every version of their forms, for everybody.

use super::batch::Desk;
use super::pen::Pen;
use crate::domain::document::{Audience, Document, IdeaDocument};
use crate::server::store::sqlite::{forms, ideas};

/// Makes their documents. A version that was once in the feed stays: drafts finish on theirs.
pub(super) fn ideas(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    let forms = forms::of_ideas(desk.transaction)?.into_iter();
    let mut made: Vec<(Audience, Document)> = forms
        .map(|form| (Audience::Everyone, Document::Form(form)))
        .collect();
    for idea in ideas::all(desk.transaction)? {
        let document = IdeaDocument {
            key: idea.form.key.clone(),
            state: idea.state,
            form: idea.form,
            title: idea.title,
            theory: idea.theory,
            cycle: idea.cycle,
            cycle_from_utc_ms: idea.cycle_from_utc_ms,
        };
        made.push((Audience::Everyone, Document::Idea(document)));
    }
    pen.write("ideas", made)
}
