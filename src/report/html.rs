//! HTML in which everything that is not ours is escaped.
//!
//! [`Html::raw`] takes only text that stands in our source, so what a person wrote can get into a page by
//! [`Html::text`] and [`Html::attribute`] alone.

use crate::text::Language;

/// A piece of HTML that grows.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl Html {
    /// Adds our own markup.
    #[must_use]
    pub fn raw(mut self, markup: &'static str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, escaped.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        escape(text, &mut self.0);
        self
    }

    /// Adds an attribute in front of the end of a tag, its value escaped and in quotes.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        escape(value, &mut self.0);
        self.0.push('"');
        self
    }

    /// Adds an element with text and without attributes.
    #[must_use]
    pub fn element(self, name: &'static str, text: &str) -> Self {
        let open = self.raw("<").raw(name).raw(">");
        open.text(text).raw("</").raw(name).raw(">")
    }

    /// Adds a piece.
    #[must_use]
    pub fn piece(mut self, piece: Self) -> Self {
        self.0.push_str(&piece.0);
        self
    }

    /// The quiet label above a page of an invented district.
    #[must_use]
    pub fn demo(self, language: Language, demo: bool) -> Self {
        match demo {
            true => self
                .raw("<p class=\"demo\">")
                .text(language.demo())
                .raw("</p>"),
            false => self,
        }
    }

    /// A whole page around this piece, with one stylesheet and no script.
    pub fn page(self, language: Language, title: &str, stylesheet: &str) -> String {
        self.page_with(language, title, stylesheet, "")
    }

    /// The same with more markup in its head.
    pub fn page_with(
        self,
        language: Language,
        title: &str,
        stylesheet: &str,
        head: &'static str,
    ) -> String {
        Self::default()
            .raw("<!doctype html>\n<html")
            .attribute("lang", language.tag())
            .raw("><head><meta charset=\"utf-8\">")
            .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .raw("<meta name=\"robots\" content=\"noindex\">")
            .raw("<meta name=\"color-scheme\" content=\"light dark\">")
            .raw(head)
            .element("title", title)
            .raw("<link rel=\"stylesheet\"")
            .attribute("href", stylesheet)
            .raw("></head><body>")
            .piece(self)
            .raw("</body></html>\n")
            .0
    }

    /// The markup.
    pub fn markup(self) -> String {
        self.0
    }
}

/// Adds text so that it is text wherever it stands, also within quotes of an attribute.
fn escape(text: &str, to: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\'' => to.push_str("&#39;"),
            // HTML has no way to say it.
            '\0' => to.push('\u{fffd}'),
            other => to.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_that_is_written_becomes_markup(text in ".{0,200}") {
            let inside = Html::default().text(&text).attribute("value", &text).markup();
            prop_assert!(!inside.contains(['<', '>', '\'', '\0']));
            prop_assert_eq!(inside.matches('"').count(), 2);
        }
    }

    #[test]
    fn an_ampersand_is_escaped_once() {
        assert_eq!(
            Html::default().text("&lt; R&D").markup(),
            "&amp;lt; R&amp;D"
        );
    }
}
