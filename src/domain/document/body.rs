//! One kind of document, read without the others.

use crate::domain::json;
use serde::de::DeserializeOwned;

/// The body of a [`super::Document`] in JSON, for a reader that wants one kind alone: the program then carries the
/// reader of that kind and of no other. None when the document is of another kind, or is not of the form
/// that its kind asks for.
pub fn body_of<T: DeserializeOwned>(kind: &str, text: &str) -> Option<T> {
    let document = json::parsed(text).ok()?;
    if document.get("kind")?.as_str()? != kind {
        return None;
    }
    json::read_value(document.get("body")?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agreement::Agreement;
    use crate::domain::document::{Document, ErasedDocument};
    use crate::domain::id::EventId;

    #[test]
    fn the_body_of_one_kind_is_read_without_the_others() {
        let document = Document::Erased(ErasedDocument {
            id: EventId::mint(1, [1; 10]),
        });
        let json = serde_json::to_string(&document).expect("it is JSON");
        let read: Option<ErasedDocument> = body_of("erased", &json);
        assert_eq!(read.map(Document::Erased), Some(document));
        assert_eq!(body_of::<ErasedDocument>("person", &json), None);
        assert_eq!(body_of::<Agreement>("erased", &json), None);
        let turned = r#"{"body":{"id":1},"kind":"erased"}"#;
        assert_eq!(body_of::<ErasedDocument>("erased", turned), None);
    }
}
