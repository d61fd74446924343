//! People as somebody pastes them: names and mail addresses, a person on each line, as they come from a
//! mail, a spreadsheet or the head.

use super::people::NAME_MAX;
use super::unseen::is_unseen;

/// A person on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The number of the line, from 1.
    pub line: usize,
    /// What they are called.
    pub name: String,
    /// Their mail address; none when the line has none.
    pub mail: Option<String>,
}

/// Why a line is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is nothing beside the address.
    NoName,
    /// There is more than one address.
    TwoAddresses,
    /// What has an @ is no whole address.
    NoAddress,
    /// The name is longer than names are.
    TooLong,
    /// An earlier line has the same address, or the same name and none.
    Twice,
    /// The person has left. Only who knows the people can say it.
    HasLeft,
    /// A lead may not put the person into a team. Only who knows the people can say it.
    OnlyAdmin,
}

/// Reads what was pasted. Empty lines count in the numbers and are left out, and so is a line that only
/// says what the columns are.
///
/// # Errors
/// Every line that cannot be read, by its number.
pub fn read(text: &str) -> Result<Vec<Pasted>, Vec<(usize, Unread)>> {
    let (mut people, mut unread): (Vec<Pasted>, _) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() || is_heads(text) {
            continue;
        }
        match one(text) {
            Err(why) => unread.push((line, why)),
            Ok((name, mail)) => {
                let same = |earlier: &Pasted| match (&earlier.mail, &mail) {
                    (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
                    // Without an address two lines of one name are one person.
                    (None, None) => earlier.name == name,
                    _ => false,
                };
                match people.iter().any(same) {
                    true => unread.push((line, Unread::Twice)),
                    false => people.push(Pasted { line, name, mail }),
                }
            }
        }
    }
    match unread.is_empty() {
        true => Ok(people),
        false => Err(unread),
    }
}

/// Name and address of a line.
fn one(text: &str) -> Result<(String, Option<String>), Unread> {
    // Whatever stands between them, an address is a word with an @ in it.
    let between = |letter: char| letter.is_whitespace() || "<>,;|\"()[]".contains(letter);
    let words = |text: &str| -> Vec<String> {
        let words = text.split(between).filter(|word| word.contains('@'));
        words.map(str::to_owned).collect()
    };
    let found = words(text);
    let address = match found.as_slice() {
        [] => None,
        [address] => Some(address.clone()),
        // Mail programs repeat an address as its own name.
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Some(first.clone()),
        _ => return Err(Unread::TwoAddresses),
    };
    let mut name = text.to_owned();
    for word in &found {
        name = name.replace(word.as_str(), " ");
    }
    let name = tidy(&name);
    let mail = match address {
        None => None,
        Some(address) => Some(whole(&address).ok_or(Unread::NoAddress)?),
    };
    if name.is_empty() {
        return Err(Unread::NoName);
    }
    if name.chars().count() > NAME_MAX {
        return Err(Unread::TooLong);
    }
    Ok((name, mail))
}

/// An address without what mail programs put before and sentences put after it.
fn whole(word: &str) -> Option<String> {
    let word = match word.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => word.get(7..)?,
        _ => word,
    };
    let word = word.trim_matches(['.', ':', '\'']);
    let (name, host) = word.split_once('@')?;
    let fine = !name.is_empty()
        && !host.contains('@')
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && !word.contains(|letter: char| letter.is_control() || "\\:".contains(letter));
    fine.then(|| word.to_owned())
}

/// A name without the marks of lists, columns and quotation around it.
fn tidy(text: &str) -> String {
    let plain: String = text
        .chars()
        // Left behind by programs, or to make one name look like another.
        .filter(|letter| letter.is_control() || letter.is_whitespace() || !is_unseen(*letter))
        .map(|letter| match letter {
            '<' | '>' | '"' | '“' | '”' | '|' | '\t' | ';' | '(' | ')' | '[' | ']' => ' ',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = words.join(" ").replace(" ,", ",");
    let numbered = |letter: char| letter.is_ascii_digit() || ".)-–•*·".contains(letter);
    let name = joined
        .trim_start_matches(|letter: char| numbered(letter) || letter == ' ')
        .trim_matches([',', ' ', ':', '–', '-']);
    match name.to_ascii_lowercase().strip_prefix("mailto:") {
        Some("") => String::new(),
        _ => name.to_owned(),
    }
}

/// Whether a line only says what the columns are.
fn is_heads(text: &str) -> bool {
    const HEADS: [&str; 12] = [
        "name",
        "first",
        "last",
        "mail",
        "email",
        "e-mail",
        "address",
        "nombre",
        "apellido",
        "correo",
        "electrónico",
        "teacher",
    ];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    words.len() >= 2 && words.iter().all(|word| HEADS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::comma("Ana Núñez, ana@school.org")]
    #[case::semicolon("Ana Núñez; ana@school.org;")]
    #[case::tab("Ana Núñez\tana@school.org")]
    #[case::two_columns_of_names("Ana\tNúñez\tana@school.org")]
    #[case::a_mail_program("Ana Núñez <ana@school.org>")]
    #[case::a_mail_program_with_quotes("\"Ana Núñez\" <ana@school.org>,")]
    #[case::address_first("ana@school.org  Ana Núñez")]
    #[case::a_numbered_list("2. Ana Núñez - ana@school.org")]
    #[case::a_bullet("• Ana Núñez (ana@school.org)")]
    #[case::a_link("Ana Núñez mailto:ana@school.org")]
    #[case::a_sentence("Ana Núñez: ana@school.org.")]
    fn a_line_is_read_as_people_write_it(#[case] line: &str) {
        let wanted = Pasted {
            line: 1,
            name: "Ana Núñez".into(),
            mail: Some("ana@school.org".into()),
        };
        assert_eq!(read(line), Ok(vec![wanted]));
    }

    #[rstest]
    #[case::only_an_address("ana@school.org", Unread::NoName)]
    #[case::two_addresses("Ana ana@a.org ana@b.org", Unread::TwoAddresses)]
    #[case::half_an_address("Ana ana@", Unread::NoAddress)]
    #[case::no_domain("Ana ana@school", Unread::NoAddress)]
    #[case::two_ats("Ana ana@school@org.org", Unread::NoAddress)]
    fn a_line_that_cannot_be_read_is_said_by_number(#[case] line: &str, #[case] why: Unread) {
        let text = format!("Eva Lee, eva@school.org\n\n{line}");
        assert_eq!(read(&text), Err(vec![(3, why)]));
    }

    #[test]
    fn heads_empty_lines_and_names_without_addresses_are_fine() {
        let text = "Name\tE-mail\r\nAna Núñez\tana@school.org\r\n\r\nEva Lee\r\n";
        let read = read(text).expect("every line is fine");
        let lines: Vec<(usize, &str)> = read
            .iter()
            .map(|one| (one.line, one.name.as_str()))
            .collect();
        assert_eq!(lines, [(2, "Ana Núñez"), (4, "Eva Lee")]);
    }

    #[test]
    fn the_same_address_twice_is_said() {
        let text = "Ana, ana@school.org\nEva, ANA@school.org";
        assert_eq!(read(text), Err(vec![(2, Unread::Twice)]));
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_gives_names_of_one_line(text in "(?s).{0,200}") {
            for one in read(&text).unwrap_or_default() {
                prop_assert!(!one.name.is_empty() && one.name.trim() == one.name);
                prop_assert!(!one.name.chars().any(char::is_control));
                prop_assert!(one.mail.is_none_or(|mail| mail.contains('@')));
            }
        }
    }
}
