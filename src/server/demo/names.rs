//! Names for invented people, as one may hear them in a California school.

use super::dice::Dice;
use std::collections::BTreeSet;

const GIVEN: [&str; 48] = [
    "Adriana", "Alma", "Amara", "Andre", "Anh", "Anita", "Beatriz", "Ben", "Carla", "Cecilia",
    "Curtis", "Daniela", "Deepa", "Diego", "Elena", "Elijah", "Emiko", "Esteban", "Farah",
    "Gloria", "Grace", "Hana", "Hector", "Imani", "Irma", "Jasmine", "Joaquin", "Karen", "Kavita",
    "Keisha", "Leticia", "Lorena", "Marcus", "Marisol", "Maya", "Mei", "Miguel", "Nadia", "Nathan",
    "Noemi", "Olivia", "Paula", "Rafael", "Rosa", "Samir", "Teresa", "Thuy", "Victor",
];
const FAMILY: [&str; 52] = [
    "Abarca",
    "Aguirre",
    "Banerjee",
    "Barrios",
    "Bautista",
    "Becker",
    "Bravo",
    "Calloway",
    "Carrasco",
    "Castaneda",
    "Chavarria",
    "Delgadillo",
    "Dhaliwal",
    "Duong",
    "Escobedo",
    "Farooq",
    "Fontaine",
    "Galindo",
    "Gutierrez",
    "Haddad",
    "Harlow",
    "Hoang",
    "Ibarra",
    "Iwamoto",
    "Jimenez",
    "Kapoor",
    "Kessler",
    "Lozano",
    "Magana",
    "Maldonado",
    "Mercer",
    "Montoya",
    "Nakamura",
    "Navarro",
    "Ngo",
    "Okafor",
    "Ortega",
    "Palacios",
    "Pereira",
    "Quintero",
    "Reyes",
    "Salcedo",
    "Santiago",
    "Sato",
    "Shah",
    "Tran",
    "Uribe",
    "Valdez",
    "Vang",
    "Whitfield",
    "Yamada",
    "Zepeda",
];

/// Names that were not given yet.
pub struct Names {
    dice: Dice,
    given: BTreeSet<String>,
}

impl Names {
    /// The names of this seed.
    pub fn of(seed: u64) -> Self {
        Self {
            dice: Dice::of(seed, "names"),
            given: BTreeSet::new(),
        }
    }

    /// The next name: given and family name. No two people have one mail address, so none is given twice.
    pub fn give(&mut self) -> (&'static str, &'static str) {
        loop {
            let given = self.dice.one(&GIVEN).copied().unwrap_or("Alma");
            let family = self.dice.one(&FAMILY).copied().unwrap_or("Reyes");
            // There are 2,496, and a district needs 70.
            if self.given.insert(format!("{given} {family}")) || self.given.len() >= 2_000 {
                return (given, family);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::of(1);
        let given: BTreeSet<_> = (0..500).map(|_| names.give()).collect();
        assert_eq!(given.len(), 500);
    }
}
