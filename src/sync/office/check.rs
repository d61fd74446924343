//! Which values of a request can stand, whatever a store knows.

use super::{AddPerson, ChangePerson, ChangePosts, KeepClass, Site};
use super::{IDEA_MAX_BYTES, LIST_MAX, MAIL_MAX_BYTES, SCHOOL_YEARS};
use crate::domain::people::{Place, Post, is_name};
use crate::domain::problem::Problem;

impl AddPerson {
    /// Whether the values can stand; whether sites and addresses are known is the store's to say.
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        check_name("name", &self.name)?;
        self.mail.as_deref().map_or(Ok(()), check_mail)?;
        check_posts("posts", &self.posts)
    }
}

impl ChangePerson {
    /// As [`AddPerson::check`].
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        let name = self.name.as_deref();
        name.map_or(Ok(()), |name| check_name("name", name))?;
        let mail = self.mail.as_ref().and_then(Option::as_deref);
        mail.map_or(Ok(()), check_mail)
    }

    /// Whether a person may change this of themselves.
    pub fn is_ones_own(&self) -> bool {
        self.mail.is_none() && self.left.is_none()
    }
}

impl ChangePosts {
    /// As [`AddPerson::check`].
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        check_posts("give", &self.give)?;
        check_posts("end", &self.end)?;
        require(
            "end",
            !self.end.iter().any(|post| self.give.contains(post)),
            "no post that is also given",
        )
    }
}

impl Site {
    /// As [`AddPerson::check`].
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        check_name("name", &self.name)
    }
}

impl KeepClass {
    /// As [`AddPerson::check`].
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        check_name("title", &self.title)?;
        require(
            "school_year",
            SCHOOL_YEARS.contains(&self.school_year),
            "the year in which the school year ends, 1990 to 2200",
        )?;
        require(
            "teachers",
            self.teachers.len() <= LIST_MAX,
            "at most 50 teachers",
        )
    }
}

fn check_name(place: &str, name: &str) -> Result<(), Problem> {
    require(
        place,
        is_name(name),
        "1 to 200 characters, none of them a line break or unseen, and no spaces around them",
    )
}

fn check_mail(mail: &str) -> Result<(), Problem> {
    require(
        "mail",
        is_mail(mail),
        "one mail address, such as ana@school.example",
    )
}

/// Whether this can stand as a mail address.
///
/// Not what an address is (RFC 5321 allows more than anybody has), but what cannot be mistaken for more
/// than one, or for something that commands a mail server.
pub fn is_mail(mail: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
    let halves = mail.split_once('@');
    let whole = halves.is_some_and(|(name, host)| {
        !name.is_empty() && !host.contains('@') && host.split('.').all(|part| !part.is_empty())
    });
    whole && mail.len() <= MAIL_MAX_BYTES && !mail.contains(odd)
}

fn check_posts(place: &str, posts: &[Post]) -> Result<(), Problem> {
    require(place, posts.len() <= LIST_MAX, "at most 50 posts")?;
    require(
        place,
        posts.iter().all(Post::fits),
        "teacher, principal and coach at a site; pilot on an idea; lead and admin in the district",
    )?;
    let keys = posts.iter().filter_map(|post| match &post.place {
        Place::Idea(key) => Some(key),
        _ => None,
    });
    let wanted = "ideas by their keys: up to 64 letters, digits and hyphens";
    require(place, keys.into_iter().all(|key| is_idea(key)), wanted)
}

/// Whether this can stand as the key of a change idea.
pub fn is_idea(key: &str) -> bool {
    (1..=IDEA_MAX_BYTES).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub(super) fn require(place: &str, holds: bool, wanted: &str) -> Result<(), Problem> {
    if holds {
        return Ok(());
    }
    Err(Problem::Malformed {
        place: place.into(),
        reason: wanted.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("ana@school.example", true)]
    #[case::with_a_tag("ana+walks@mail.school.example", true)]
    #[case::accents("maría@école.example", true)]
    #[case::empty("", false)]
    #[case::no_at("ana.school.example", false)]
    #[case::no_name("@school.example", false)]
    #[case::no_host("ana@", false)]
    #[case::two_dots("ana@school..example", false)]
    #[case::two_addresses("ana@a.example,eva@b.example", false)]
    #[case::two_ats("ana@a@b.example", false)]
    #[case::a_header("ana@a.example\r\nBcc: all@b.example", false)]
    #[case::a_display_name("Ana <ana@a.example>", false)]
    fn an_address_is_one_address(#[case] mail: &str, #[case] fine: bool) {
        assert_eq!(check_mail(mail).is_ok(), fine);
    }

    #[rstest]
    #[case::plain("Ana Núñez", true)]
    #[case::empty("", false)]
    #[case::spaces(" ", false)]
    #[case::space_behind("Ana ", false)]
    #[case::two_lines("Ana\nNúñez", false)]
    fn a_name_is_one_line(#[case] name: &str, #[case] fine: bool) {
        assert_eq!(check_name("name", name).is_ok(), fine);
        assert!(check_name("name", &"ñ".repeat(200)).is_ok());
        assert!(check_name("name", &"ñ".repeat(201)).is_err());
    }
}
