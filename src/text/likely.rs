//! What period it is, why a class is likely now, and why one could not be visited.

use super::Language;
use crate::domain::place::likely::Reason;
use crate::domain::place::{Period, Why};

impl Language {
    /// The time of day on a wall, from its minutes since midnight: "11:05 AM", "11:05 a. m.".
    pub fn minute(self, minute: u16) -> String {
        self.time(crate::domain::moment::Moment {
            at_utc_ms: i64::from(minute) * 60_000,
            offset_min: 0,
        })
    }

    /// Which period it is and until when: "period 3 until 11:05 AM". A period that has a name of its own, such as
    /// "Lunch", is said by it.
    pub fn period(self, period: &Period) -> String {
        let until = self.minute(period.ends_min);
        let name = &period.name;
        let numbered = name.chars().all(|letter| letter.is_ascii_digit());
        // One o'clock is "la una".
        let article = match period.ends_min / 60 % 12 {
            1 => "la",
            _ => "las",
        };
        match (self, numbered) {
            (Self::English, true) => format!("period {name} until {until}"),
            (Self::English, false) => format!("{name} until {until}"),
            (Self::Spanish, true) => format!("período {name} hasta {article} {until}"),
            (Self::Spanish, false) => format!("{name} hasta {article} {until}"),
        }
    }

    /// Why a class stands where it stands in the list of likely ones.
    pub fn reason(self, reason: Reason) -> String {
        let (en, es) = match reason {
            Reason::NextDoor => (
                "next door to your last visit",
                "al lado de su última visita",
            ),
            Reason::FirstInCycle => ("first visit in this cycle", "primera visita de este ciclo"),
            Reason::FirstVisit => ("first visit", "primera visita"),
            Reason::VisitedToday => ("visited today", "visitado hoy"),
            Reason::NotVisitedFor { school_days: 1 } => (
                "visited on the last school day",
                "visitado el último día de clases",
            ),
            Reason::NotVisitedFor { school_days } => {
                return match self {
                    Self::English => format!("not visited for {school_days} school days"),
                    Self::Spanish => format!("sin visita desde hace {school_days} días de clases"),
                };
            }
        };
        match self {
            Self::English => en.into(),
            Self::Spanish => es.into(),
        }
    }

    /// What opens the reasons why a class cannot be visited today.
    pub fn not_today(self) -> &'static str {
        match self {
            Self::English => "Skip today",
            Self::Spanish => "Omitir hoy",
        }
    }

    /// Why a class cannot be visited today.
    pub fn why_not(self, why: Why) -> &'static str {
        let (en, es) = match why {
            Why::Substitute => ("Substitute", "Suplente"),
            Why::Test => ("Test", "Examen"),
            Why::EmptyRoom => ("Empty room", "Salón vacío"),
            Why::Other => ("Another reason", "Otro motivo"),
        };
        match self {
            Self::English => en,
            Self::Spanish => es,
        }
    }

    /// It was put off the list for today, and where it still is.
    pub fn off_today(self, name: &str) -> String {
        match self {
            Self::English => {
                format!(
                    "Off the list for today: {name}. You still find the class under “Another class”."
                )
            }
            Self::Spanish => {
                format!("Por hoy ya no está en la lista: {name}. La clase sigue en «Otra clase».")
            }
        }
    }

    /// The quiet label on every screen of an invented district.
    pub fn demo(self) -> &'static str {
        match self {
            Self::English => "Demo: invented people and visits",
            Self::Spanish => "Demostración: personas y visitas inventadas",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn period(name: &str) -> Period {
        Period {
            name: name.into(),
            starts_min: 610,
            ends_min: 665,
        }
    }

    #[rstest]
    #[case::a_number(
        "3",
        "period 3 until 11:05\u{a0}AM",
        "período 3 hasta las 11:05\u{a0}a.\u{a0}m."
    )]
    #[case::a_name(
        "Advisory",
        "Advisory until 11:05\u{a0}AM",
        "Advisory hasta las 11:05\u{a0}a.\u{a0}m."
    )]
    fn a_period_is_said_with_its_end(
        #[case] name: &str,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        assert_eq!(Language::English.period(&period(name)), english);
        assert_eq!(Language::Spanish.period(&period(name)), spanish);
    }

    #[rstest]
    #[case::one(1, "visited on the last school day")]
    #[case::nine(9, "not visited for 9 school days")]
    fn waiting_is_counted_in_school_days(#[case] school_days: u32, #[case] wanted: &str) {
        let reason = Reason::NotVisitedFor { school_days };
        assert_eq!(Language::English.reason(reason), wanted);
    }
}
