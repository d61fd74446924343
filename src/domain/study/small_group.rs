//! Small groups, of teachers, answers and students.
//!
//! Who is left out must not be found by subtraction: [`suppress`] hides a second cell where one alone
//! would be hidden.

/// From how many teachers on a figure is shown outside its team.
pub const TEACHERS: u32 = 5;
/// From how many answers on a survey is shown.
pub const ANSWERS: u32 = 5;
/// From how many students on achievement is shown: California shows nothing for ten or fewer.
pub const STUDENTS: u32 = 11;

/// Whether there are enough teachers.
pub fn enough_teachers(teachers: u32) -> bool {
    teachers >= TEACHERS
}

/// Whether there are enough answers.
pub fn enough_answers(answers: u32) -> bool {
    answers >= ANSWERS
}

/// Whether there are enough students.
pub fn enough_students(students: u32) -> bool {
    students >= STUDENTS
}

/// Which of the cells beside each other, of so many each, are shown, for a reader who may know their
/// total. A cell below `least` is hidden; if that is one alone, or the hidden ones together are still
/// below `least`, the next smallest is hidden with them.
pub fn suppress(counts: &[u32], least: u32) -> Vec<bool> {
    let mut shown: Vec<bool> = counts.iter().map(|count| *count >= least).collect();
    // An empty cell hides nobody.
    let hidden = |shown: &[bool]| {
        let cells = counts
            .iter()
            .zip(shown)
            .filter(|(count, shown)| !**shown && **count > 0);
        cells.fold((0, 0), |(cells, people), (count, _)| {
            (cells + 1, people + count)
        })
    };
    loop {
        let (cells, people) = hidden(&shown);
        if cells == 0 || (cells >= 2 && people >= least) {
            return shown;
        }
        let next = (0..counts.len())
            .filter(|cell| shown.get(*cell) == Some(&true))
            .min_by_key(|cell| counts.get(*cell));
        match next.and_then(|cell| shown.get_mut(cell)) {
            Some(cell) => *cell = false,
            None => return shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::all_large(&[11, 20, 30], &[true, true, true])]
    #[case::one_small_hides_the_next(&[3, 20, 30], &[false, false, true])]
    #[case::two_small_that_are_enough(&[6, 7, 30], &[false, false, true])]
    #[case::two_small_that_are_not(&[2, 3, 30], &[false, false, false])]
    #[case::an_empty_one_hides_nobody(&[0, 20, 30], &[false, true, true])]
    #[case::one_alone(&[4], &[false])]
    fn nobody_is_found_by_subtraction(#[case] counts: &[u32], #[case] shown: &[bool]) {
        assert_eq!(suppress(counts, STUDENTS), shown);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_nothing_or_enough_or_all(counts in prop::collection::vec(0u32..40, 1..8)) {
            let shown = suppress(&counts, STUDENTS);
            let hidden: Vec<u32> = counts
                .iter()
                .zip(&shown)
                .filter(|(count, shown)| !**shown && **count > 0)
                .map(|(count, _)| *count)
                .collect();
            let people: u32 = hidden.iter().sum();
            let all = shown.iter().all(|shown| !shown);
            prop_assert!(hidden.is_empty() || (hidden.len() >= 2 && people >= STUDENTS) || all);
            for (count, shown) in counts.iter().zip(&shown) {
                prop_assert!(!shown || *count >= STUDENTS);
            }
        }
    }
}
