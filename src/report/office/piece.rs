//! What the pages are made of: forms that carry their token, fields, tables, messages.

use crate::report::html::Html;

/// One page's own address and the token that its forms carry.
#[derive(Clone, Copy, Debug)]
pub struct Forms<'a> {
    /// The token: without it no form is taken.
    pub token: &'a str,
}

impl Forms<'_> {
    /// A form that posts to an address.
    pub fn post(&self, action: &str, inside: Html) -> Html {
        self.classed("", action, inside)
    }

    /// The same for a form with a file. Its token comes first, so that nothing else is read without it.
    pub fn files(&self, action: &str, inside: Html) -> Html {
        Html::default()
            .raw("<form method=\"post\" enctype=\"multipart/form-data\"")
            .attribute("action", action)
            .raw(">")
            .piece(hidden("token", self.token))
            .piece(inside)
            .raw("</form>")
    }

    /// The same with a class.
    pub fn classed(&self, class: &'static str, action: &str, inside: Html) -> Html {
        let html = Html::default().raw("<form method=\"post\"");
        let html = if class.is_empty() {
            html
        } else {
            html.attribute("class", class)
        };
        html.attribute("action", action)
            .raw(">")
            .piece(hidden("token", self.token))
            .piece(inside)
            .raw("</form>")
    }
}

/// A field that nobody sees.
pub fn hidden(name: &'static str, value: &str) -> Html {
    Html::default()
        .raw("<input type=\"hidden\"")
        .attribute("name", name)
        .attribute("value", value)
        .raw(">")
}

/// A field to type into.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// Its name, which is its id too.
    pub name: &'static str,
    /// What it is for.
    pub label: &'a str,
    /// What helps to fill it in; empty for nothing.
    pub hint: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// The type of the input; empty for text.
    pub kind: &'static str,
    /// What is wrong with what stands in it; empty for nothing.
    pub wrong: &'a str,
    /// More attributes, such as ` required`.
    pub more: &'static str,
}

impl Field<'_> {
    /// The label, the hint, what is wrong, and the input.
    pub fn html(self) -> Html {
        let kind = if self.kind.is_empty() {
            "text"
        } else {
            self.kind
        };
        let input = Html::default()
            .raw("<input")
            .attribute("type", kind)
            .attribute("id", self.name)
            .attribute("name", self.name);
        // A file is chosen by its person alone.
        let input = match kind {
            "file" => input,
            _ => input.attribute("value", self.value),
        };
        let input = input.raw(self.more).piece(self.described()).raw(">");
        self.around(input)
    }

    /// The same with several lines.
    pub fn area(self, rows: u8) -> Html {
        let input = Html::default()
            .raw("<textarea")
            .attribute("id", self.name)
            .attribute("name", self.name)
            .attribute("rows", &rows.to_string())
            .raw(self.more)
            .piece(self.described())
            .raw(">")
            // The first line break of a textarea is its own.
            .text(&format!("\n{}", self.value))
            .raw("</textarea>");
        self.around(input)
    }

    /// The same with options: their values, their words.
    pub fn select(self, options: &[(String, String)]) -> Html {
        let mut input = Html::default()
            .raw("<select")
            .attribute("id", self.name)
            .attribute("name", self.name)
            .raw(self.more)
            .piece(self.described())
            .raw(">");
        for (value, words) in options {
            input = input
                .raw("<option")
                .attribute("value", value)
                .raw(if value == self.value {
                    " selected>"
                } else {
                    ">"
                })
                .text(words)
                .raw("</option>");
        }
        self.around(input.raw("</select>"))
    }

    fn described(self) -> Html {
        let mut by = Vec::new();
        if !self.wrong.is_empty() {
            by.push(format!("{}-wrong", self.name));
        }
        if !self.hint.is_empty() {
            by.push(format!("{}-hint", self.name));
        }
        let html = Html::default();
        let html = if self.wrong.is_empty() {
            html
        } else {
            html.raw(" aria-invalid=\"true\"")
        };
        if by.is_empty() {
            return html;
        }
        html.attribute("aria-describedby", &by.join(" "))
    }

    fn around(self, input: Html) -> Html {
        let mut html = Html::default()
            .raw("<div class=\"field\"><label")
            .attribute("for", self.name)
            .raw(">")
            .text(self.label)
            .raw("</label>");
        if !self.hint.is_empty() {
            html = html
                .raw("<p class=\"quiet\"")
                .attribute("id", &format!("{}-hint", self.name))
                .raw(">")
                .text(self.hint)
                .raw("</p>");
        }
        if !self.wrong.is_empty() {
            html = html
                .raw("<p class=\"wrong\"")
                .attribute("id", &format!("{}-wrong", self.name))
                .raw(">")
                .text(self.wrong)
                .raw("</p>");
        }
        html.piece(input).raw("</div>")
    }
}

/// A choice that can be made beside others.
pub fn check(name: &'static str, value: &str, words: &str, checked: bool) -> Html {
    Html::default()
        .raw("<label class=\"check\"><input type=\"checkbox\"")
        .attribute("name", name)
        .attribute("value", value)
        .raw(if checked { " checked>" } else { ">" })
        .raw("<span>")
        .text(words)
        .raw("</span></label>")
}

/// Choices of which one is made.
pub fn radios(name: &'static str, legend: &str, chosen: &str, options: &[(&str, &str)]) -> Html {
    let mut html = Html::default()
        .raw("<fieldset class=\"field\">")
        .element("legend", legend);
    for (value, words) in options {
        html = html
            .raw("<label class=\"check\"><input type=\"radio\"")
            .attribute("name", name)
            .attribute("value", value)
            .raw(if *value == chosen { " checked>" } else { ">" })
            .raw("<span>")
            .text(words)
            .raw("</span></label>");
    }
    html.raw("</fieldset>")
}

/// The button of the one thing to do next.
pub fn primary(words: &str) -> Html {
    Html::default()
        .raw("<button class=\"primary\">")
        .text(words)
        .raw("</button>")
}

/// Any other button.
pub fn button(words: &str) -> Html {
    Html::default().element("button", words)
}

/// A link.
pub fn link(address: &str, words: &str) -> Html {
    Html::default()
        .raw("<a")
        .attribute("href", address)
        .raw(">")
        .text(words)
        .raw("</a>")
}

/// A link that looks like a button: in the strongest colour if it is the one thing to do next.
pub fn way(class: &'static str, address: &str, words: &str) -> Html {
    Html::default()
        .raw("<a")
        .attribute("class", class)
        .attribute("href", address)
        .raw(">")
        .text(words)
        .raw("</a>")
}

/// A small mark beside a name.
pub fn pill(class: &'static str, words: &str) -> Html {
    Html::default()
        .raw("<span")
        .attribute("class", class)
        .raw(">")
        .text(words)
        .raw("</span>")
}

/// A card with a heading.
pub fn sheet(heading: &str, inside: Html) -> Html {
    Html::default()
        .raw("<section class=\"sheet\">")
        .element("h2", heading)
        .piece(inside)
        .raw("</section>")
}

/// A table with a caption. On a narrow page each row is a card; the roles keep it a table for those who
/// hear it.
pub struct Table<'a> {
    /// What it lists.
    pub caption: &'a str,
    /// The heads of its columns; an empty one is of a column of buttons.
    pub heads: Vec<&'a str>,
    /// Its rows, a cell for each head; the first names the row.
    pub rows: Vec<Vec<Html>>,
}

impl Table<'_> {
    /// The table.
    pub fn html(self) -> Html {
        let mut html = Html::default()
            .raw("<table role=\"table\">")
            .element("caption", self.caption)
            .raw("<thead role=\"rowgroup\"><tr role=\"row\">");
        for head in &self.heads {
            html = match *head {
                "" => html.raw("<td role=\"cell\"></td>"),
                head => html
                    .raw("<th scope=\"col\" role=\"columnheader\">")
                    .text(head)
                    .raw("</th>"),
            };
        }
        html = html.raw("</tr></thead><tbody role=\"rowgroup\">");
        for row in self.rows {
            html = html.raw("<tr role=\"row\">");
            for (place, cell) in row.into_iter().enumerate() {
                let head = self.heads.get(place).copied().unwrap_or_default();
                html = match place {
                    0 => html.raw("<th scope=\"row\" role=\"rowheader\">"),
                    _ => html
                        .raw("<td role=\"cell\"")
                        .attribute("data-head", head)
                        .raw(">"),
                };
                html = html
                    .piece(cell)
                    .raw(if place == 0 { "</th>" } else { "</td>" });
            }
            html = html.raw("</tr>");
        }
        html.raw("</tbody></table>")
    }
}

/// Text in a cell.
pub fn text(words: &str) -> Html {
    Html::default().text(words)
}

/// A field to search with, and the filters beside it, as a form that asks and changes nothing.
pub fn search(action: &str, label: &str, asked: &str, submit: &str, beside: Html) -> Html {
    Html::default()
        .raw("<form class=\"search\" role=\"search\" method=\"get\"")
        .attribute("action", action)
        .raw(">")
        .piece(
            Field {
                name: "q",
                label,
                value: asked,
                kind: "search",
                ..Field::default()
            }
            .html(),
        )
        .piece(beside)
        .piece(button(submit))
        .raw("</form>")
}

/// The ways to the next page and back to the first.
pub fn pager(first: Option<(&str, &str)>, next: Option<(&str, &str)>) -> Html {
    if first.is_none() && next.is_none() {
        return Html::default();
    }
    let mut html = Html::default().raw("<p class=\"pager\">");
    for (address, words) in [first, next].into_iter().flatten() {
        html = html.piece(way("way", address, words));
    }
    html.raw("</p>")
}

/// The query of an address: names and values, the empty ones left out.
pub fn query(path: &str, fields: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let said = fields.iter().filter(|(_, value)| !value.is_empty());
    for (place, (name, value)) in said.enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked_and_nothing_empty() {
        let asked = [("q", "Núñez & co"), ("site", ""), ("after", "1")];
        assert_eq!(
            query("/p", &asked),
            "/p?q=N%C3%BA%C3%B1ez%20%26%20co&after=1"
        );
    }

    #[test]
    fn a_field_that_is_wrong_says_so_to_those_who_hear_it() {
        let field = Field {
            name: "mail",
            label: "Mail",
            hint: "One address",
            wrong: "It is taken",
            ..Field::default()
        };
        let html = field.html().markup();
        assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"mail-wrong mail-hint\""));
    }
}
