//! Signs that nobody sees: with them one name looks like another, and what follows can be turned round.

/// Whether a sign is not seen where it stands: controls, and what Unicode's `Default_Ignorable_Code_Point` names (UAX 44:
/// zero widths, fillers, joiners, turns of direction as in UAX 9, variation selectors, tags), with the separators of lines.
pub fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
            // Drawn as nothing, or as each device likes: blanks of Braille, music and hieroglyphs, private use.
            | '\u{2800}' | '\u{1d159}' | '\u{13430}'..='\u{1343f}' | '\u{e000}'..='\u{f8ff}'
            | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::is_unseen;
    use rstest::rstest;

    #[rstest]
    #[case::zero_width_space('\u{200b}')]
    #[case::word_joiner('\u{2060}')]
    #[case::soft_hyphen('\u{ad}')]
    #[case::hangul_filler('\u{3164}')]
    #[case::right_to_left_override('\u{202e}')]
    #[case::isolate('\u{2066}')]
    #[case::tag('\u{e0041}')]
    #[case::a_nul('\0')]
    fn what_makes_two_names_look_alike_is_unseen(#[case] sign: char) {
        assert!(is_unseen(sign));
    }

    #[test]
    fn letters_accents_and_spaces_are_seen() {
        assert!(
            "Núñez-O’Brien 李 أحمد e\u{301} …"
                .chars()
                .all(|sign| !is_unseen(sign))
        );
    }
}
