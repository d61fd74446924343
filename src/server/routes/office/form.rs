//! What a form says, and how a form that is sent twice does nothing twice.

use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::server::chance::Chance;
use crate::server::routes::now_utc_ms;

/// The fields of a form or of a query, in their order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads what is written as forms are.
    pub fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// What was read elsewhere.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first field of this name, without spaces around it; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The same as its own text.
    pub fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// Every field of this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(field, _)| field == name);
        found.map(|(_, value)| value.clone()).collect()
    }

    /// The id in this field; none when it holds none.
    pub fn id<Id: std::str::FromStr>(&self, name: &str) -> Option<Id> {
        self.get(name).parse().ok()
    }
}

/// What a form that adds something carries, so that what it adds has the same ids if it is sent twice.
#[derive(Clone, Copy, Debug)]
pub struct Key(EventId);

impl Key {
    /// A new one.
    pub fn draw() -> Self {
        Self(EventId::mint(now_utc_ms(), Chance::draw().take()))
    }

    /// The key that a form carried; a new one when it carried none of ours.
    pub fn of(fields: &Fields) -> Self {
        let key = fields.id::<EventId>("key").map(Self);
        key.filter(|key| key.0.0.get_version_num() == 7)
            .unwrap_or_else(Self::draw)
    }

    /// As forms carry it.
    pub fn show(self) -> String {
        self.0.to_string()
    }

    /// Time and randomness for the id of what this form adds under this name: the same each time.
    pub fn seed(self, name: &str) -> (i64, [u8; 10]) {
        let Sha256(sum) = Sha256::of(format!("lookfor office {} {name}", self.0).as_bytes());
        let random = std::array::from_fn(|place| sum.get(place).copied().unwrap_or_default());
        let at_ms = self.0.0.get_timestamp().map_or(0, |at| {
            let (seconds, nanoseconds) = at.to_unix();
            seconds * 1000 + u64::from(nanoseconds) / 1_000_000
        });
        (i64::try_from(at_ms).unwrap_or(0), random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_the_same_ids_each_time_and_another_form_others() {
        let key = Key::draw();
        let again = Key::of(&Fields::read(format!("key={}", key.show()).as_bytes()));
        assert_eq!(key.seed("person"), again.seed("person"));
        assert_ne!(key.seed("person"), key.seed("site"));
        assert_ne!(key.seed("person"), Key::draw().seed("person"));
    }

    #[test]
    fn fields_are_read_without_spaces_around_them_and_may_repeat() {
        let fields = Fields::read(b"name=+Ana+N%C3%BA%C3%B1ez+&x=1&x=2");
        assert_eq!(fields.get("name"), "Ana Núñez");
        assert_eq!(fields.all("x"), ["1", "2"]);
        assert_eq!(fields.get("none"), "");
    }
}
