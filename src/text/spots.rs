//! The sentences about bright spots and about support, in both languages side by side.

use super::Language;
use super::agreement::relation;
use crate::domain::act::bright_spot::Circle;
use crate::domain::act::support::Category;
use crate::domain::agreement::Agreement;
use crate::domain::document::PermissionDocument;
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, sees};

/// A sentence or label about bright spots or support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot<'a> {
    /// The heading of the screen.
    BrightSpots,
    /// There are none.
    BrightSpotsEmpty,
    /// There are none in this state.
    NoneInThisState,
    /// Which states are shown: all of them.
    AllStates,
    /// Those that others may see.
    MayBeSeen,
    /// One was found on a look-for that has no words here, or on none.
    SomethingElse,
    /// The mark of a bright spot, and the button that tags one.
    BrightSpot,
    /// Above a bright spot.
    CouldBorrow,
    /// The button that asks the teacher.
    AskTeacher,
    /// The button that shows who could borrow it.
    WhoCouldBorrow,
    /// Who that is: people who asked for help with the same idea, or test it too.
    WhoCouldBorrowMeans,
    /// Why somebody could: they are in the team that tests the idea.
    InTheTeam,
    /// Why somebody could: they asked for support of this kind.
    AskedFor(&'a str),
    /// The heading above the practices that one could be put under.
    WhichPractice,
    /// Nobody is known.
    NobodyToBorrow,
    /// The teacher is asked.
    YouAreAsked,
    /// The button with which a teacher chooses unasked, or chooses anew.
    Choose,
    /// The button that keeps it.
    KeepHere,
    /// The button that lets the site read it.
    MySchool,
    /// The button that lets the district read it.
    TheDistrict,
    /// The button that takes a permission back.
    TakeBack,
    /// Who would read it: a list.
    WouldRead(&'a str),
    /// Who would read it besides those of the smaller choice.
    WouldAlsoRead(&'a str),

    /// The heading of the screen.
    SupportWanted,
    /// Nobody waits.
    SupportEmpty,
    /// The heading of the teacher's part, and what opens it.
    AskForSupport,
    /// Who sees it.
    SupportMeans,
    /// Who sees it, where forms carry no names.
    SupportMeansUnnamed,
    /// Support was given, or found not to be needed, on this day.
    SupportClosed(&'a str),
    /// Whoever visited, in place of a name.
    WhoeverVisited,
    /// The button that closes a call.
    WasGiven,
    /// For whom: nobody is named.
    ATeacher,
}

impl Language {
    /// The sentence in this language.
    pub fn spot(self, spot: Spot<'_>) -> String {
        let (english, spanish) = match spot {
            Spot::WouldRead(whom) => {
                return match self {
                    Self::English => format!("Read by {whom}."),
                    Self::Spanish => format!("Lo leen {whom}."),
                };
            }
            Spot::WouldAlsoRead(whom) => {
                return match self {
                    Self::English => format!("And also {whom}."),
                    Self::Spanish => format!("Y además {whom}."),
                };
            }
            Spot::SupportClosed(when) => {
                return match self {
                    Self::English => format!("closed on {when}"),
                    Self::Spanish => format!("cerrado el {when}"),
                };
            }
            Spot::AskedFor(what) => {
                return match self {
                    Self::English => format!("asked for: {what}"),
                    Self::Spanish => format!("pidió: {what}"),
                };
            }
            Spot::BrightSpots => ("Bright spots", "Puntos brillantes"),
            Spot::BrightSpotsEmpty => (
                "No bright spots yet. What another room could borrow appears here when somebody tags it on a visit.",
                "Todavía no hay puntos brillantes. Aquí aparece lo que otra clase podría tomar prestado cuando alguien lo marca en una visita.",
            ),
            Spot::NoneInThisState => ("None of these.", "Ninguno de estos."),
            Spot::AllStates => ("all", "todos"),
            Spot::MayBeSeen => ("others may see it", "otros pueden verlo"),
            Spot::SomethingElse => ("Something else", "Otra cosa"),
            Spot::BrightSpot => ("bright spot", "punto brillante"),
            Spot::CouldBorrow => (
                "Another room could borrow this",
                "Otra clase podría tomar esto prestado",
            ),
            Spot::AskTeacher => ("Ask the teacher", "Preguntar al docente"),
            Spot::WhoCouldBorrow => ("Who could borrow this", "Quién podría tomarlo prestado"),
            Spot::WhoCouldBorrowMeans => (
                "By name, with what you know of them for the same change idea. Ask before you offer.",
                "Por nombre, con lo que usted sabe de cada quien sobre la misma idea de cambio. Pregunte antes de ofrecer.",
            ),
            Spot::InTheTeam => ("in the team that tests it", "en el equipo que la prueba"),
            Spot::WhichPractice => ("Which practice does it show?", "¿Qué práctica muestra?"),
            Spot::NobodyToBorrow => (
                "Nobody on this device has asked for support with this idea or tests it, too.",
                "En este dispositivo nadie ha pedido apoyo con esta idea ni la prueba también.",
            ),
            Spot::YouAreAsked => (
                "You are asked who may see it. It stays where it is until you choose.",
                "Se le pregunta quién puede verlo. Se queda donde está hasta que usted elija.",
            ),
            Spot::Choose => ("Choose who may see it", "Elegir quién puede verlo"),
            Spot::KeepHere => ("Keep it here", "Que quede aquí"),
            Spot::MySchool => ("My school", "Mi escuela"),
            Spot::TheDistrict => ("The district", "El distrito"),
            Spot::TakeBack => ("Take it back", "Retirar el permiso"),
            Spot::SupportWanted => ("Support wanted", "Apoyo pedido"),
            Spot::SupportEmpty => ("Nobody waits for support.", "Nadie está esperando apoyo."),
            Spot::AskForSupport => ("Ask for support", "Pedir apoyo"),
            Spot::SupportMeans => (
                "The coaches of your school see it with your name. Others see only how many asked.",
                "Los coaches de su escuela lo ven con su nombre. Los demás solo ven cuántos lo pidieron.",
            ),
            Spot::SupportMeansUnnamed => (
                "The coaches of your school see it without your name. Tell them if they may know.",
                "Los coaches de su escuela lo ven sin su nombre. Dígales si pueden saberlo.",
            ),
            Spot::WhoeverVisited => ("whoever visited", "quien le visitó"),
            Spot::WasGiven => ("Mark as given", "Marcar como dado"),
            Spot::ATeacher => ("a teacher", "un docente"),
        };
        self.either(english, spanish).into()
    }

    /// Where a permission stands, in a few words.
    pub fn permission(self, permission: PermissionDocument) -> &'static str {
        let (english, spanish) = match permission {
            PermissionDocument::NotAsked => ("not asked", "sin preguntar"),
            PermissionDocument::Asked => ("asked, no answer yet", "preguntado, sin respuesta"),
            PermissionDocument::GivenForSite => ("the school may see it", "la escuela puede verlo"),
            PermissionDocument::GivenForDistrict => {
                ("the district may see it", "el distrito puede verlo")
            }
            PermissionDocument::Refused => ("stays with the teacher", "queda con el docente"),
            PermissionDocument::Withdrawn => ("taken back", "retirado"),
        };
        self.either(english, spanish)
    }

    /// Where a permission stands, said to the teacher who gives it.
    pub fn permission_of_mine(self, permission: PermissionDocument) -> &'static str {
        let (english, spanish) = match permission {
            PermissionDocument::NotAsked | PermissionDocument::Asked => {
                ("It stays here for now.", "Por ahora queda aquí.")
            }
            PermissionDocument::GivenForSite => {
                ("Your school may see it.", "Su escuela puede verlo.")
            }
            PermissionDocument::GivenForDistrict => {
                ("The district may see it.", "El distrito puede verlo.")
            }
            PermissionDocument::Refused => ("You keep it here.", "Usted lo deja aquí."),
            PermissionDocument::Withdrawn => ("You took it back.", "Usted retiró el permiso."),
        };
        self.either(english, spanish)
    }

    /// The kind of support.
    pub fn category(self, category: Category) -> &'static str {
        let (english, spanish) = match category {
            Category::Materials => ("materials", "materiales"),
            Category::PlanningTime => ("time to plan", "tiempo para planear"),
            Category::Modelling => ("seeing it done", "ver cómo se hace"),
            Category::Content => ("the content itself", "el contenido mismo"),
            Category::Grouping => ("grouping students", "agrupar a los estudiantes"),
            Category::Language => ("language", "el idioma"),
        };
        self.either(english, spanish)
    }

    /// Who would read a bright spot if the teacher chose this circle: for a circle, only those who are not in the
    /// smaller one, so that three choices side by side are told apart.
    pub fn would_read(self, circle: Option<Circle>, agreement: &Agreement) -> String {
        let smaller = match circle {
            None => return self.spot(Spot::WouldRead(&self.readers(None, agreement))),
            Some(Circle::Site) => None,
            Some(Circle::District) => Some(Circle::Site),
        };
        let before = readers(smaller, agreement);
        let more = readers(circle, agreement).filter(|one| !before.clone().any(|two| two == *one));
        let more: Vec<&str> = more.map(|one| relation(one, self)).collect();
        match more.is_empty() {
            true => self.either("Nobody else.", "Nadie más.").into(),
            false => self.spot(Spot::WouldAlsoRead(&self.listed(&more))),
        }
    }

    /// Who would read a bright spot that the teacher lets this circle see, or with none, keeps: as the table
    /// of who sees what says, under the agreement. The teacher is "you".
    pub fn readers(self, circle: Option<Circle>, agreement: &Agreement) -> String {
        let mut whom = vec![self.either("you", "usted")];
        whom.extend(readers(circle, agreement).map(|one| match one {
            Relation::Observer => self.either("whoever visited", "quien le visitó"),
            one => relation(one, self),
        }));
        self.listed(&whom)
    }

    fn listed(self, whom: &[&str]) -> String {
        match whom.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{}{}{last}", rest.join(", "), self.either(" and ", " y "))
            }
            Some((last, _)) => (*last).into(),
            None => String::new(),
        }
    }
}

/// Who reads a bright spot besides its teacher.
fn readers(
    circle: Option<Circle>,
    agreement: &Agreement,
) -> impl Iterator<Item = Relation> + Clone {
    let row = match circle {
        Some(_) => Row::BrightSpotPermitted,
        None => Row::BrightSpot,
    };
    let now = Circumstances {
        circle,
        ..Circumstances::default()
    };
    Relation::ALL.into_iter().filter(move |one| {
        *one != Relation::Teacher && sees(row, *one, &now, agreement) == Shown::Whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agreement::Withheld;

    #[test]
    fn who_would_read_it_is_what_the_table_says() {
        let say = |circle| Language::English.readers(circle, &Agreement::first());
        assert_eq!(
            say(None),
            "you, whoever visited and the coaches of the school"
        );
        let school = say(Some(Circle::Site));
        assert!(school.contains("colleagues at the school"), "{school}");
        assert!(!school.contains("everybody else"), "{school}");
        assert!(say(Some(Circle::District)).contains("everybody else"));
    }

    #[test]
    fn each_choice_says_whom_it_adds() {
        let say = |circle, agreement: &Agreement| Language::English.would_read(circle, agreement);
        let first = Agreement::first();
        let school = say(Some(Circle::Site), &first);
        assert!(school.starts_with("And also the principal"), "{school}");
        assert!(!school.contains("coaches"), "{school}");
        assert_eq!(
            say(Some(Circle::District), &first),
            "And also everybody else."
        );
        let shut = Agreement {
            withheld: vec![Withheld {
                row: Row::BrightSpotPermitted,
                from: Relation::Other,
            }],
            ..first
        };
        assert_eq!(say(Some(Circle::District), &shut), "Nobody else.");
    }

    #[test]
    fn whom_the_agreement_shuts_out_is_not_named() {
        let agreement = Agreement {
            withheld: vec![Withheld {
                row: Row::BrightSpotPermitted,
                from: Relation::Colleague,
            }],
            ..Agreement::first()
        };
        let said = Language::Spanish.readers(Some(Circle::Site), &agreement);
        assert!(!said.contains("colegas"), "{said}");
        assert!(said.starts_with("usted, quien le visitó"), "{said}");
    }
}
