//! Rosters with anything in them: an import answers, keeps its promises, and never fails.
//!
//! `LOOKFOR_FUZZ_SECONDS` makes it look for so long instead of for a few cases.

use crate::import_office::Office;
use crate::support::roster::{Files, OF_STUDENTS, small, with, zip};
use lookfor::sync::office::imports::ImportState;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use std::time::{Duration, Instant};

const CASES: u32 = 24;

/// What is done to files.
#[derive(Clone, Debug)]
enum Change {
    /// A cell of a file is said otherwise.
    Cell(Index, Index, Index, String),
    /// A line is said twice, or left out, or moved behind another.
    Double(Index, Index),
    Drop(Index, Index),
    Move(Index, Index, Index),
    /// Bytes anywhere.
    Bytes(Index, Index, Vec<u8>),
    /// A file ends somewhere.
    Cut(Index, Index),
    /// A file is called otherwise, or left out, or is there twice.
    Rename(Index, String),
    Without(Index),
    Again(Index, String),
    /// Every line ends otherwise.
    Ends(Index, &'static str),
    /// The zip itself is damaged.
    Zip(Index, u8),
    ZipCut(Index),
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "", "u1", "u2", "x1", "s1", "s9", "k1", "k2", "t1", "y27", "teacher", "student", "administrator",
            "tobedeleted", "active", "delta", "bulk", "absent", "false", "2027", "2026-27", "8/12/2026",
            "2026-13-40", "\"", "\"\"", "a,b", "\"a\nb\"", "ada@vista.example", "@", "09", "KG", "sourcedId",
            "status", "classSourcedId", "role", "\u{feff}", "\0", "ñ", "7:00", "99999999999999999999",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-z]{0,3000}",
    ]
}

fn change() -> impl Strategy<Value = Change> {
    use Change::*;
    let at = any::<Index>;
    let name = prop_oneof![
        prop::sample::select(vec![
            "users.csv",
            "ROLES.CSV",
            "x/y/classes.csv",
            "manifest.csv",
            "a.txt",
            "..csv",
            "/",
            ""
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z./\\\\]{0,30}",
    ];
    prop_oneof![
        8 => (at(), at(), at(), cell()).prop_map(|(file, line, column, text)| Cell(file, line, column, text)),
        2 => (at(), at()).prop_map(|(file, line)| Double(file, line)),
        2 => (at(), at()).prop_map(|(file, line)| Drop(file, line)),
        1 => (at(), at(), at()).prop_map(|(file, line, to)| Move(file, line, to)),
        2 => (at(), at(), prop::collection::vec(any::<u8>(), 0..20)).prop_map(|(file, place, bytes)| Bytes(file, place, bytes)),
        1 => (at(), at()).prop_map(|(file, place)| Cut(file, place)),
        1 => (at(), name.clone()).prop_map(|(file, name)| Rename(file, name)),
        1 => at().prop_map(Without),
        1 => (at(), name).prop_map(|(file, name)| Again(file, name)),
        1 => (at(), prop::sample::select(vec!["\r\n", "\r", "\n\n", ",\n"])).prop_map(|(file, end)| Ends(file, end)),
        1 => (at(), any::<u8>()).prop_map(|(place, byte)| Zip(place, byte)),
        1 => at().prop_map(ZipCut),
    ]
}

/// The small district with the files beside it.
fn whole() -> Files {
    let files = with(
        small(),
        "bells.csv",
        "site,day type,period,start,end\nVista High,A,1,8:00,8:50\nMesa Middle,B,2,9:00,9:50\n",
    );
    let files = with(
        files,
        "calendar.csv",
        "date,site,day type\n2026-08-12,,A\n8/13/2026,Mesa Middle,none\n",
    );
    let files = with(
        files,
        "district.csv",
        "key,value\nname,Invented\ntime_zone,America/Los_Angeles\nweek_start,Monday\nlanguages,\"en,es\"\n",
    );
    let files = with(
        files,
        "pilots.csv",
        "idea,teacher mail,since\nthree-reads,ada@vista.example,2026-09-01\n",
    );
    let files = with(
        files,
        "lookfor.csv",
        "mail,role,site,idea,name\nben@vista.example,coach,Mesa Middle,,\nlea@d.example,admin,,,Lea Lopez\n",
    );
    let files = with(files, "groups.csv", "userSourcedId,group\nx1,EL\nx2,SWD\n");
    with(
        files,
        "demographics.csv",
        "sourcedId,birthDate,asian,white,hispanicOrLatinoEthnicity\nx1,2014-02-03,true,false,\nx2,,no,yes,1\n",
    )
}

fn edit_lines(text: &mut Vec<u8>, edit: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<Vec<u8>> = text
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    edit(&mut lines);
    *text = lines.join(&b'\n');
}

fn changed(changes: &[Change]) -> Vec<u8> {
    let mut files = whole();
    for change in changes {
        if files.is_empty() {
            break;
        }
        let number = files.len();
        match change {
            Change::Cell(file, line, column, to) => {
                edit_lines(&mut files[file.index(number)].1, |lines| {
                    let line = line.index(lines.len());
                    let mut cells: Vec<Vec<u8>> = lines[line]
                        .split(|byte| *byte == b',')
                        .map(<[u8]>::to_vec)
                        .collect();
                    let column = column.index(cells.len());
                    cells[column] = to.as_bytes().to_vec();
                    lines[line] = cells.join(&b',');
                })
            }
            Change::Double(file, line) => edit_lines(&mut files[file.index(number)].1, |lines| {
                let line = line.index(lines.len());
                lines.insert(line, lines[line].clone());
            }),
            Change::Drop(file, line) => edit_lines(&mut files[file.index(number)].1, |lines| {
                lines.remove(line.index(lines.len()));
            }),
            Change::Move(file, line, to) => edit_lines(&mut files[file.index(number)].1, |lines| {
                let moved = lines.remove(line.index(lines.len()));
                lines.insert(to.index(lines.len() + 1), moved);
            }),
            Change::Bytes(file, place, bytes) => {
                let text = &mut files[file.index(number)].1;
                let place = place.index(text.len() + 1);
                text.splice(place..place, bytes.iter().copied());
            }
            Change::Cut(file, place) => {
                let text = &mut files[file.index(number)].1;
                text.truncate(place.index(text.len() + 1));
            }
            Change::Rename(file, name) => files[file.index(number)].0.clone_from(name),
            Change::Without(file) => drop(files.remove(file.index(number))),
            Change::Again(file, name) => {
                let (_, text) = files[file.index(number)].clone();
                files.push((name.clone(), text));
            }
            Change::Ends(file, end) => {
                let text = &mut files[file.index(number)].1;
                *text = text
                    .split(|byte| *byte == b'\n')
                    .collect::<Vec<_>>()
                    .join(end.as_bytes());
            }
            Change::Zip(..) | Change::ZipCut(_) => {}
        }
    }
    // A zip does not hold two files of one name.
    files.sort_by(|one, other| one.0.cmp(&other.0));
    files.dedup_by(|one, other| one.0 == other.0);
    let mut bytes = zip(&files);
    for change in changes {
        match change {
            Change::Zip(place, byte) => {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            Change::ZipCut(place) => bytes.truncate(place.index(bytes.len() + 1).max(1)),
            _ => {}
        }
        if bytes.is_empty() {
            bytes.push(b'P');
        }
    }
    bytes
}

/// Words of students that no change here puts into a row of somebody else: whatever is done to the
/// other files, these stay in the file of users.
fn assert_promises(
    office: &Office,
    changes: &[Change],
    bytes: &[u8],
    runtime: &tokio::runtime::Runtime,
) {
    runtime.block_on(async {
        let before = office.everything();
        let looked = office.look_at(bytes, "roster").await;
        assert_eq!(office.everything(), before, "a look changes nothing");
        let preview = &looked.preview;
        assert!(preview.troubles_total as usize >= preview.troubles.len());
        assert_eq!(preview.blocked, looked.state == ImportState::Blocked);
        if preview.blocked {
            assert!(office.asked(&looked, true).await.is_err());
            assert_eq!(office.everything(), before);
            return;
        }
        if preview.leaving.needs_consent() {
            assert!(office.asked(&looked, false).await.is_err());
            assert_eq!(office.everything(), before);
        }
        let taken = office.asked(&looked, true).await.unwrap();
        assert_eq!(taken.preview, looked.preview);
        office.execute("delete from to_refresh");
        let after = office.everything();
        // The same again changes nothing.
        let again = office.look_at(bytes, "roster").await;
        let again = office.asked(&again, true).await.unwrap();
        assert!(
            again.preview.changes_nothing(),
            "{:?}",
            again.preview.counts
        );
        assert_eq!(office.everything(), after);
        // Rows that move between files of one shape can make a student of a teacher; cells cannot.
        let is_told_apart = changes.iter().all(|change| {
            matches!(
                change,
                Change::Double(..) | Change::Drop(..) | Change::Without(_) | Change::Ends(..)
            )
        });
        if is_told_apart {
            for word in OF_STUDENTS {
                assert!(!after.contains(word), "{word} is stored");
            }
        }
    });
}

#[test]
fn an_import_of_anything_answers_and_keeps_its_promises() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let seconds = std::env::var("LOOKFOR_FUZZ_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let all = prop::collection::vec(change(), 1..6);
    let mut cases = 0;
    loop {
        let config = Config {
            cases: CASES,
            failure_persistence: None,
            ..Config::default()
        };
        let office = Office::open();
        runtime.block_on(office.take(&whole()));
        let result = TestRunner::new(config).run(&all, |changes| {
            let bytes = changed(&changes);
            assert_promises(&office, &changes, &bytes, &runtime);
            Ok(())
        });
        result.unwrap();
        cases += CASES;
        if Instant::now() >= until {
            break;
        }
    }
    eprintln!("{cases} changed rosters were taken or refused");
}
