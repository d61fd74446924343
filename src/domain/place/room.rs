//! Rooms, as far as their names say which ones are beside each other.

/// Where a room is, by its name: "Room 07" and "7" are one, "B-12" and "B12", too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Room {
    wing: String,
    number: u32,
}

/// Words that say no more than that it is a room.
const ROOM: [&str; 6] = ["ROOM", "RM", "SALON", "SALÓN", "AULA", "R"];
/// The largest difference of two numbers that are next door: odd numbers may be on one side of a corridor.
const NEXT_DOOR_MAX: u32 = 2;
/// How much of a name is read.
const NAME_MAX_CHARS: usize = 40;

impl Room {
    /// The room of a name; none where the name has no number.
    pub fn of(name: &str) -> Option<Self> {
        match name.char_indices().nth(NAME_MAX_CHARS) {
            Some((end, _)) => Self::read(name.get(..end)?),
            None => Self::read(name),
        }
    }

    fn read(name: &str) -> Option<Self> {
        let digit = |letter: char| letter.is_ascii_digit();
        let start = name.find(digit)?;
        let (before, rest) = name.split_at(start);
        let end = rest.find(|letter| !digit(letter)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_uppercase).collect()
        };
        let wing = letters(before);
        let wing = match ROOM.contains(&wing.as_str()) {
            true => String::new(),
            false => wing,
        };
        // Of "12A" and "12B" both are room 12; of "2-14" the building is 2 and the room 14.
        match Self::read(after) {
            Some(inner) => Some(Self {
                wing: format!("{wing}{number}{}", inner.wing),
                number: inner.number,
            }),
            None => Some(Self {
                wing,
                number: number.parse().ok()?,
            }),
        }
    }

    /// How many doors apart two rooms are, if they are next door to each other; 0 is the same door.
    pub fn doors(&self, other: &Self) -> Option<u32> {
        let apart = self.number.abs_diff(other.number);
        (self.wing == other.wing && apart <= NEXT_DOOR_MAX).then_some(apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_next_number("12", "13", Some(1))]
    #[case::across_the_corridor("12", "Room 10", Some(2))]
    #[case::the_same_written_otherwise("Rm. 07", "7", Some(0))]
    #[case::in_one_wing("B-12", "b13", Some(1))]
    #[case::in_two_wings("B-12", "C-12", None)]
    #[case::in_two_buildings("2-14", "3-14", None)]
    #[case::in_one_building("2-14", "2-15", Some(1))]
    #[case::two_halves_of_one("12A", "12B", Some(0))]
    #[case::too_far("12", "15", None)]
    fn doors_are_counted_by_numbers(
        #[case] one: &str,
        #[case] other: &str,
        #[case] wanted: Option<u32>,
    ) {
        let room = |name| Room::of(name).expect("it has a number");
        assert_eq!(room(one).doors(&room(other)), wanted);
        assert_eq!(room(other).doors(&room(one)), wanted);
    }

    #[rstest]
    #[case::a_place("Gym")]
    #[case::nothing("")]
    #[case::too_large("99999999999")]
    fn a_room_without_a_number_has_no_neighbours(#[case] name: &str) {
        assert_eq!(Room::of(name), None);
    }

    proptest! {
        #[test]
        fn no_name_makes_it_panic(name in ".{0,24}") {
            let _ = Room::of(&name);
        }
    }
}
