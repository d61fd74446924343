//! Letters that people read aloud and type: Crockford's base 32, which has none that are taken for others.

/// The 32 letters.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One letter, of five bits, for each random byte.
pub fn mint(random: &[u8]) -> String {
    let letter = |byte: &u8| {
        ALPHABET
            .get(usize::from(byte % 32))
            .map(|letter| char::from(*letter))
    };
    random.iter().filter_map(letter).collect()
}

/// What a person typed, in any case, with spaces and hyphens, and with I, L and O for 1, 1 and 0; none
/// when those are not exactly so many letters.
pub fn typed(text: &str, length: usize) -> Option<String> {
    let mut letters = String::with_capacity(length);
    for letter in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
        (known && letters.len() < length).then(|| letters.push(letter))?;
    }
    (letters.len() == length).then_some(letters)
}

/// The letters in two halves, with a hyphen between: `01234-ABCDE`.
pub fn in_halves(letters: &str) -> String {
    match letters.split_at_checked(letters.len() / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => letters.into(),
    }
}
