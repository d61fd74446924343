//! What a figure is, and the arithmetic of many runs.

use std::fmt;

/// One measured number beside its bar. Smaller is better.
pub struct Figure {
    /// The bar's name.
    pub name: &'static str,
    /// What was measured.
    pub value: f64,
    /// Of the value and of the bar.
    pub unit: &'static str,
    /// What it should be at most.
    pub bar: f64,
}

impl Figure {
    /// One in milliseconds.
    pub fn ms(name: &'static str, value: f64, bar: f64) -> Self {
        Self {
            name,
            value,
            unit: "ms",
            bar,
        }
    }

    /// Prints the line, with the data and the runs that it was made from.
    pub fn print(self, from: &str) {
        println!("{self} ({from})");
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            value,
            unit,
            bar,
        } = self;
        let word = if value <= bar { "met" } else { "short" };
        write!(f, "{name} {} {unit} bar {bar} {word}", short(*value))
    }
}

/// A number with as many decimals as say something.
pub fn short(value: f64) -> String {
    let decimals = match value {
        value if value < 9.995 => 2,
        value if value < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

/// The values of many runs.
pub struct Runs(Vec<f64>);

impl Runs {
    /// Of these values; at least one.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        assert!(!values.is_empty(), "nothing was measured");
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest value that at least this share of the values, in percent, does not exceed.
    pub fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0[rank.max(1) - 1]
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The largest one.
    pub fn worst(&self) -> f64 {
        self.percentile(100)
    }
}
