//! Words that judge: found while feedback is written, so that a description can be offered instead. Nothing
//! is ever refused because of them.

use super::Language;

/// How a word judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judging {
    /// It says what the writer thinks of it.
    Opinion,
    /// It tells what to do.
    Telling,
    /// It says more than one visit can.
    Sweeping,
    /// It asks for a reason, which sounds like a test.
    Why,
}

/// A word that judges, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The word.
    pub word: String,
    /// How it judges.
    pub how: Judging,
}

/// The words, in both languages: who reads one may write the other. An end that stands for several is a `*`.
const WORDS: [(Judging, &[&str]); 4] = [
    (
        Judging::Opinion,
        &[
            "great",
            "good",
            "excellent",
            "wonderful",
            "amazing",
            "awesome",
            "fantastic",
            "perfect*",
            "impressive",
            "nice*",
            "poor*",
            "weak*",
            "bad",
            "badly",
            "terrible",
            "ineffective*",
            "disappoint*",
            "unfortunately",
            "fail*",
            "lack*",
            "wrong",
            "best",
            "worst",
            "liked",
            "loved",
            "buen",
            "buena",
            "bueno",
            "buenas",
            "buenos",
            "excelente*",
            "maravillos*",
            "fantástic*",
            "perfect*",
            "genial*",
            "pobre*",
            "débil*",
            "mal",
            "mala",
            "malo",
            "malas",
            "malos",
            "pésim*",
            "deficiente*",
            "falló",
            "fracas*",
            "mejor",
            "peor",
            "lamentablemente",
        ],
    ),
    (
        Judging::Telling,
        &[
            "should*",
            "must",
            "ought",
            "need to",
            "needs to",
            "have to",
            "has to",
            "debe",
            "deben",
            "debería*",
            "hay que",
            "tiene que",
            "tienen que",
        ],
    ),
    (
        Judging::Sweeping,
        &[
            "always",
            "never",
            "constantly",
            "everyone",
            "nobody",
            "siempre",
            "nunca",
            "jamás",
            "constantemente",
        ],
    ),
    (Judging::Why, &["why", "por qué"]),
];

/// The words that judge in a text, in its order.
pub fn judging(text: &str) -> Vec<Found> {
    let words: Vec<&str> = text
        .split(|letter: char| !is_letter(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let small: Vec<String> = words.iter().map(|word| small_letters(word)).collect();
    (0..words.len())
        .filter_map(|place| {
            let rest = small.get(place..)?;
            WORDS.iter().find_map(|(how, patterns)| {
                let long = patterns.iter().find_map(|pattern| begins(rest, pattern))?;
                let word = words.get(place..place + long)?.join(" ");
                Some(Found { word, how: *how })
            })
        })
        .collect()
}

/// Whether it can stand in a word of English or Spanish. Without the tables of all alphabets, which every tablet
/// would download.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&letter)
}

fn small_letters(word: &str) -> String {
    let small = word.chars().map(|letter| match letter {
        'Á' => 'á',
        'É' => 'é',
        'Í' => 'í',
        'Ó' => 'ó',
        'Ú' | 'Ü' => 'ú',
        'Ñ' => 'ñ',
        letter => letter.to_ascii_lowercase(),
    });
    small.collect()
}

/// How many words of `rest` the pattern takes; none when it does not fit.
fn begins(rest: &[String], pattern: &str) -> Option<usize> {
    let mut long = 0;
    for part in pattern.split(' ') {
        let word = rest.get(long)?;
        let fits = match part.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == part,
        };
        if !fits {
            return None;
        }
        long += 1;
    }
    Some(long)
}

impl Language {
    /// What could be written instead.
    pub fn instead(self, found: &Found) -> String {
        let word = &found.word;
        match (self, found.how) {
            (Self::English, Judging::Opinion) => {
                format!("“{word}” says what you think of it. What did you see or hear?")
            }
            (Self::English, Judging::Telling) => {
                format!("“{word}” tells what to do. “I wonder how…” leaves it with the teacher.")
            }
            (Self::English, Judging::Sweeping) => format!(
                "“{word}” is more than one visit can say. “In these minutes…” says what you saw."
            ),
            (Self::English, Judging::Why) => {
                format!("“{word}” can sound like a test. “How…” asks it more gently.")
            }
            (Self::Spanish, Judging::Opinion) => {
                format!("«{word}» dice lo que usted opina. ¿Qué vio o qué oyó?")
            }
            (Self::Spanish, Judging::Telling) => format!(
                "«{word}» dice qué hacer. «Me pregunto cómo…» lo deja en manos del docente."
            ),
            (Self::Spanish, Judging::Sweeping) => format!(
                "«{word}» es más de lo que una visita puede decir. «En estos minutos…» dice lo que usted vio."
            ),
            (Self::Spanish, Judging::Why) => {
                format!(
                    "«{word}» puede sonar a examen. «¿Cómo…?» pregunta lo mismo con más cuidado."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing("", &[])]
    #[case::a_description("I heard a student say: it is the same bus.", &[])]
    #[case::praise("Great lesson!", &[("Great", Judging::Opinion)])]
    #[case::telling("You should wait, and never rush.", &[("should", Judging::Telling), ("never", Judging::Sweeping)])]
    #[case::two_words("Students need to talk", &[("need to", Judging::Telling)])]
    #[case::a_part_of_a_word("The goodness of greatness was a badge.", &[])]
    #[case::an_end("That was weaker than poorly", &[("weaker", Judging::Opinion), ("poorly", Judging::Opinion)])]
    #[case::why("Why did they stop?", &[("Why", Judging::Why)])]
    #[case::spanish(
        "Usted siempre debería esperar. ¿Por qué no?",
        &[("siempre", Judging::Sweeping), ("debería", Judging::Telling), ("Por qué", Judging::Why)]
    )]
    #[case::because_in_spanish("Lo hicieron porque leyeron.", &[])]
    fn a_word_that_judges_is_found_as_it_was_written(
        #[case] text: &str,
        #[case] wanted: &[(&str, Judging)],
    ) {
        let found = judging(text);
        let found: Vec<(&str, Judging)> = found
            .iter()
            .map(|one| (one.word.as_str(), one.how))
            .collect();
        assert_eq!(found, wanted);
    }

    proptest! {
        #[test]
        fn what_is_offered_names_the_word_and_judges_nothing_itself(text in ".{0,80}") {
            for found in judging(&text) {
                for language in [Language::English, Language::Spanish] {
                    prop_assert!(language.instead(&found).contains(&found.word));
                }
            }
        }
    }
}
