//! `import`: a district's roster, from a zip to the commit, by the server program.

use crate::figure::{Figure, Runs, short};
use crate::support::roster::{Size, large, zip};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// 20,000 students with five classes each: 100,000 enrolments, and those of the teachers.
const DISTRICT: Size = Size {
    sites: 20,
    staff: 5_000,
    classes: 10_000,
    students: 20_000,
    seats_each: 5,
};
/// The same staff and classes with ten times the students, to see what memory does.
const TEN_TIMES: Size = Size {
    students: 200_000,
    ..DISTRICT
};
const RUNS: usize = 3;
/// How often the program's memory is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Measures the first import of a roster into an empty store, the same roster again, and one with ten times
/// the students.
pub fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roster.zip");
    std::fs::write(&file, zip(&large(DISTRICT))).unwrap();
    let first: Vec<(f64, f64)> = (0..RUNS)
        .map(|run| import(&folder.path().join(format!("data{run}")), &file))
        .collect();
    let (again, _) = import(&folder.path().join("data0"), &file);
    let seconds = Runs::of(first.iter().map(|(seconds, _)| *seconds));
    let megabytes = Runs::of(first.iter().map(|(_, megabytes)| *megabytes));
    Figure {
        name: "import",
        value: seconds.median(),
        unit: "s",
        bar: 10.0,
    }
    .print(&format!(
        "median of {RUNS} runs of `server --import` on an empty store, looked at and taken: 100,000 \
         enrolments, 20,000 students, 5,000 teachers, 10,000 classes, 20 sites; worst {} s",
        short(seconds.worst())
    ));
    println!("  the same roster again: {} s", short(again));
    println!(
        "  peak memory of the program: {} MB",
        short(megabytes.worst())
    );
    std::fs::write(&file, zip(&large(TEN_TIMES))).unwrap();
    let (seconds, megabytes) = import(&folder.path().join("ten"), &file);
    println!(
        "  with ten times the students, 1,000,000 enrolments: {} s, peak memory {} MB",
        short(seconds),
        short(megabytes)
    );
}

/// Imports; gives the seconds and the most memory that the program held, in megabytes.
fn import(data: &Path, file: &Path) -> (f64, f64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("--data")
        .arg(data)
        .arg("--import")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut kilobytes = 0.0;
    let ended = loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
        kilobytes = peak.unwrap_or(kilobytes);
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(LOOK);
    };
    assert!(ended.success(), "the roster was taken");
    (start.elapsed().as_secs_f64(), kilobytes / 1024.0)
}
