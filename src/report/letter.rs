//! The mails: one says that there is something to read, one invites. Each is a sentence, a link, and nothing
//! else.

use super::card::LINK_DAYS;
use super::html::Html;
use crate::text::Language;
use crate::text::card::CardSay;
use crate::text::office::letter::LetterSay;

/// A mail in both of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text, for mail programs that show text.
    pub plain: String,
    /// The same as HTML, without images, styles or scripts.
    pub html: String,
}

/// The mail to a reader of this language. It names nobody and quotes nothing.
pub fn letter(language: Language, link: &str) -> Letter {
    let say = |what| language.say_card(what);
    written(
        language,
        say(CardSay::WrittenUp),
        &[say(CardSay::MailAbout), say(CardSay::MailLink(LINK_DAYS))],
        link,
        &say(CardSay::MailPrivate),
    )
}

/// The mail that invites a reader of this language. It names nobody.
pub fn invitation(language: Language, link: &str) -> Letter {
    let say = |what| language.office(what).to_owned();
    written(
        language,
        say(LetterSay::Invited),
        &[say(LetterSay::InvitedMeans), say(LetterSay::OpenIt)],
        link,
        &say(LetterSay::Private),
    )
}

/// A mail in both of its forms: what it is about, the link, and a warning.
fn written(
    language: Language,
    subject: String,
    about: &[String; 2],
    link: &str,
    private: &str,
) -> Letter {
    let [about, leads] = about;
    let plain = format!("{about}\n\n{leads}\n\n{link}\n\n{private}\n\nLookfor\n");
    let html = Html::default()
        .raw("<!doctype html><html")
        .attribute("lang", language.tag())
        .raw("><head><meta charset=\"utf-8\">")
        .element("title", &subject)
        .raw("</head><body>")
        .element("p", about)
        .element("p", leads)
        .raw("<p><a")
        .attribute("href", link)
        .raw(">")
        .text(link)
        .raw("</a></p>")
        .element("p", private)
        .raw("<p>Lookfor</p></body></html>\n")
        .markup();
    Letter {
        subject,
        plain,
        html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_link_and_both_languages_differ() {
        let link = "https://lookfor.district.org/card/00ff?lang=es";
        for written in [letter, invitation] {
            let english = written(Language::English, link);
            let spanish = written(Language::Spanish, link);
            for letter in [&english, &spanish] {
                assert!(letter.plain.contains(link) && letter.html.contains(link));
            }
            assert_ne!(english.subject, spanish.subject);
            assert_ne!(english.plain, spanish.plain);
        }
    }
}
