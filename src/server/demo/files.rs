//! The plan as a district would export it: OneRoster 1.1 in one zip, and the files beside it in another.
//!
//! Children are numbers: a name for each would be counted and dropped, as it is for real ones.

mod beside;
mod roster;

use super::plan::Plan;
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use beside::{Periods, periods};

/// One file: its name and its text.
pub type File = (&'static str, String);

/// The roster, as OneRoster 1.1 has it.
pub fn roster(plan: &Plan) -> Vec<File> {
    vec![
        ("manifest.csv", roster::manifest()),
        ("orgs.csv", roster::orgs(plan)),
        ("academicSessions.csv", roster::sessions(plan)),
        ("courses.csv", roster::courses(plan)),
        ("classes.csv", roster::classes(plan)),
        ("users.csv", roster::users(plan)),
        ("enrollments.csv", roster::enrollments(plan)),
    ]
}

/// What stands beside a roster.
pub fn companions(plan: &Plan) -> Vec<File> {
    vec![
        ("district.csv", beside::district()),
        ("bells.csv", beside::bells(plan)),
        ("calendar.csv", beside::calendar(plan)),
        ("roles.csv", beside::roles(plan)),
        ("pilots.csv", beside::pilots(plan)),
    ]
}

/// Files in a zip. The same files make the same bytes.
///
/// # Errors
/// What the zip's writer says.
pub fn zipped(files: &[File]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in files {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Rows of cells as CSV, with the ends of lines that RFC 4180 asks for.
fn csv(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let header: Vec<String> = header.split(',').map(str::to_owned).collect();
    for row in [header].into_iter().chain(rows) {
        writer
            .write_record(row)
            .expect("every row has as many cells as the header, and memory takes them");
    }
    let bytes = writer.into_inner().expect("memory takes what is left");
    String::from_utf8(bytes).expect("it was written from texts")
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

fn school_id(number: usize) -> String {
    format!("school-{number}")
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests;
