//! What the bundle costs to download, as a table.

use std::fmt::Write;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Where it lies in the bundle.
    pub path: String,
    /// As it is.
    pub raw_bytes: usize,
    /// As it travels, where there is a compressed copy.
    pub brotli_bytes: Option<usize>,
}

/// The table: a line for each file, heaviest first, and their sum. A file without a compressed
/// copy travels as it is.
pub fn table(weights: &[Weight]) -> String {
    let mut weights: Vec<&Weight> = weights.iter().collect();
    weights.sort_by_key(|weight| std::cmp::Reverse(travels(weight)));
    let raw_bytes = weights.iter().map(|weight| weight.raw_bytes).sum();
    let brotli_bytes = weights.iter().map(|weight| travels(weight)).sum();

    let widest = weights
        .iter()
        .map(|weight| weight.path.len())
        .max()
        .unwrap_or_default()
        .max(5);
    let mut table = String::new();
    let mut line = |name: &str, raw: &str, brotli: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "  {name:widest$} {raw:>10} {brotli:>10}");
    };
    line("file", "bytes", "brotli");
    for weight in weights {
        let brotli = weight.brotli_bytes.map_or_else(|| "-".to_owned(), grouped);
        line(&weight.path, &grouped(weight.raw_bytes), &brotli);
    }
    line("total", &grouped(raw_bytes), &grouped(brotli_bytes));
    table
}

fn travels(weight: &Weight) -> usize {
    weight.brotli_bytes.unwrap_or(weight.raw_bytes)
}

/// `number` with a comma between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_compressed_copy_counts_as_it_is() {
        let weights = [
            Weight {
                path: "icon.png".to_owned(),
                raw_bytes: 900,
                brotli_bytes: None,
            },
            Weight {
                path: "app.wasm".to_owned(),
                raw_bytes: 1_234_567,
                brotli_bytes: Some(2100),
            },
        ];
        let expected = "  \
  file          bytes     brotli
  app.wasm  1,234,567      2,100
  icon.png        900          -
  total     1,235,467      3,000
";
        assert_eq!(table(&weights), expected);
    }
}
