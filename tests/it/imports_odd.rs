//! Files as real districts export them, and files that are none: what is read of them all the same, and
//! what is refused whole.

use crate::import_office::{Office, count, reasons};
use crate::support::roster::{self, edited, small, with, zip};
use lookfor::domain::import::{FileKind, Reason, Thing};
use lookfor::sync::office::imports::ImportState;
use rstest::rstest;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

#[rstest]
#[case::empty("", Reason::NoHeader)]
#[case::utf_16("\u{feff}site", Reason::Utf16)]
#[case::of_some_other_program("name;grade\nAna;9\n", Reason::NothingToRead)]
#[tokio::test]
async fn a_file_alone_that_cannot_be_read_blocks(#[case] text: &str, #[case] reason: Reason) {
    let office = Office::open();
    let bytes = match reason {
        Reason::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => text.as_bytes().to_vec(),
    };
    let looked = office.look_at(&bytes, "roster").await;
    assert_eq!(
        (looked.state, reasons(&looked)),
        (ImportState::Blocked, vec![&reason])
    );
}

#[tokio::test]
async fn a_cell_without_end_blocks_and_is_not_held_in_memory() {
    let office = Office::open();
    let text = format!(
        "site,day type,period,start,end\n\"{}",
        "a,b\n".repeat(600_000)
    );
    let looked = office.look_at(text.as_bytes(), "roster").await;
    assert_eq!(reasons(&looked), [&Reason::QuoteOpen]);
    let long = format!(
        "site,day type,period,start,end\n{},A,1,8:00,9:00\n",
        "a".repeat(20_000)
    );
    let looked = office.look_at(long.as_bytes(), "roster").await;
    assert_eq!(
        reasons(&looked),
        [&Reason::CellTooLong {
            limit_bytes: 16_384
        }]
    );
}

#[tokio::test]
async fn odd_exports_are_read() {
    let office = Office::open();
    let mut files = small();
    for (name, text) in &mut files {
        let plain = String::from_utf8(text.clone()).unwrap();
        let (header, rest) = plain.split_once('\n').unwrap();
        // A mark at the beginning, columns and names in odd case, an empty column, lines of Windows, empty
        // lines and lines of commas, in a folder.
        let header = match name.as_str() {
            "orgs.csv" => header.replace("sourcedId", " SOURCEDID "),
            _ => header.to_uppercase(),
        };
        let commas = ",".repeat(header.matches(',').count());
        let plain = format!(
            "\u{feff}{header},\n\n{commas},\n{}\n",
            rest.replace('\n', ",\n").trim_end()
        );
        *text = plain.replace('\n', "\r\n").into_bytes();
        *name = format!("export 2026/{}", name.to_uppercase());
    }
    files.push(("__MACOSX/export 2026/._USERS.CSV".into(), b"x".to_vec()));
    let taken = office.take(&files).await;
    assert_eq!(reasons(&taken), Vec::<&Reason>::new());
    assert_eq!(count(&taken, Thing::People), (4, 0, 0));
    assert_eq!(taken.preview.students, 3);
}

#[tokio::test]
async fn lines_are_counted_as_an_editor_does() {
    let office = Office::open();
    let text = "site,day type,period,start,end\r\n\r\n\"No\nsite\",A,1,8:00,9:00\r\nNowhere,A,1,8:00,9:00\r\n\r\n\r\nElsewhere,A,1,8:00,9:00\r\n";
    let looked = office.look_at(text.as_bytes(), "roster").await;
    let lines: Vec<_> = looked
        .preview
        .troubles
        .iter()
        .map(|trouble| trouble.line)
        .collect();
    assert_eq!(lines, [Some(3), Some(5), Some(8)]);
}

#[tokio::test]
async fn latin_1_is_recognised_and_said() {
    let office = Office::open();
    let latin1: Vec<u8> = roster::USERS
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let taken = office.take(&with(small(), "users.csv", latin1)).await;
    assert_eq!(reasons(&taken), [&Reason::Latin1]);
    assert_eq!(taken.preview.troubles[0].line, Some(5));
    assert_eq!(
        office.rows("select name from person where name like 'Dana%'"),
        ["Dana Díaz"]
    );
}

#[tokio::test]
async fn quoted_lines_within_a_name_are_one_line() {
    let office = Office::open();
    let files = edited(
        small(),
        "users.csv",
        "Ada,Alvarez",
        "\"Ada\r\nMaría\",\"Alvarez\"\"\"",
    );
    office.take(&files).await;
    let ada = office.rows("select name from person where name like 'Ada%'");
    assert_eq!(ada, ["Ada María Alvarez\""]);
}

#[tokio::test]
async fn what_is_not_read_is_named_once() {
    let office = Office::open();
    let files = edited(
        small(),
        "orgs.csv",
        "parentSourcedId",
        "parentSourcedId,Mascot,Color",
    );
    let files = edited(
        files,
        "orgs.csv",
        "school,19642790000001,d1",
        "school,19642790000001,d1,Owl,Blue",
    );
    let files = edited(
        files,
        "orgs.csv",
        "school,19642790000002,d1",
        "school,19642790000002,d1,Bee,Red",
    );
    let files = edited(files, "orgs.csv", "district,,", "district,,,,");
    let files = with(
        files,
        "userProfiles.csv",
        "sourcedId,credentialType\nx1,Zoe\n",
    );
    let files = with(files, "readme.txt", "hello");
    let files = with(files, "Zoe Quillfeather.csv", "anything,else\n1,2\n");
    let taken = office.take(&files).await;
    let names = vec!["Mascot".into(), "Color".into()];
    assert_eq!(
        reasons(&taken),
        [
            &Reason::ColumnsUnread { names },
            &Reason::FilesUnread { files: 3 }
        ]
    );
}

#[tokio::test]
async fn without_a_manifest_files_are_all_there_is() {
    let office = Office::open();
    let looked = office.look(&with(small(), "manifest.csv", "absent")).await;
    assert_eq!(reasons(&looked), [&Reason::NoManifest]);
    assert_eq!(count(&looked, Thing::People), (4, 0, 0));
}

#[tokio::test]
async fn a_file_that_the_manifest_calls_absent_is_not_read() {
    let office = Office::open();
    let files = edited(
        small(),
        "manifest.csv",
        "file.enrollments,bulk",
        "file.enrollments,absent",
    );
    let looked = office.look(&files).await;
    assert_eq!(reasons(&looked), [&Reason::SaidAbsent]);
    assert_eq!(looked.preview.students, 0);
}

#[tokio::test]
async fn a_class_without_a_term_is_of_this_school_year() {
    let office = Office::open();
    let taken = office
        .take(&edited(small(), "classes.csv", "s2,t1", "s2,"))
        .await;
    assert_eq!(reasons(&taken), [&Reason::YearAssumed { year: 2027 }]);
    assert_eq!(
        office.rows("select distinct school_year from class"),
        ["2027"]
    );
}

#[tokio::test]
async fn two_files_that_hold_the_same_block() {
    let office = Office::open();
    let files = with(small(), "users (1).csv", roster::USERS);
    let looked = office.look(&files).await;
    assert_eq!(
        reasons(&looked),
        [&Reason::FileTwice {
            kind: FileKind::Users
        }]
    );
    assert_eq!(looked.state, ImportState::Blocked);
}

fn packed(method: CompressionMethod, entries: usize, bytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    let megabyte = vec![b'a'; 1024 * 1024];
    for entry in 0..entries {
        zip.start_file(format!("file{entry}.csv"), options).unwrap();
        for _ in 0..bytes.div_ceil(megabyte.len()) {
            zip.write_all(&megabyte[..megabyte.len().min(bytes)])
                .unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[rstest]
#[case::too_many_files(packed(CompressionMethod::Stored, 1_001, 1), Reason::TooManyFiles { limit: 1_000 })]
#[case::cut(zip(&small())[..900].to_vec(), Reason::ZipNotRead)]
#[case::only_its_beginning(b"PK\x03\x04".to_vec(), Reason::ZipNotRead)]
#[case::empty(packed(CompressionMethod::Stored, 0, 0), Reason::NothingToRead)]
#[case::no_line_in_it(packed(CompressionMethod::Deflated, 1, 40 * 1024 * 1024), Reason::QuoteOpen)]
#[tokio::test]
async fn a_zip_that_is_none_or_a_bomb_blocks(#[case] bytes: Vec<u8>, #[case] reason: Reason) {
    let office = Office::open();
    let looked = office.look_at(&bytes, "roster").await;
    assert_eq!(
        (looked.state, reasons(&looked)),
        (ImportState::Blocked, vec![&reason])
    );
}

/// A roster in a zip with these bytes of each entry of its directory, and of what stands before the file, said
/// otherwise.
fn with_entries(in_directory: usize, before_file: Option<usize>, said: &[u8]) -> Vec<u8> {
    let mut bytes = zip(&small());
    let marks = [
        (*b"PK\x01\x02", Some(in_directory)),
        (*b"PK\x03\x04", before_file),
    ];
    for (mark, place) in marks {
        let Some(place) = place else { continue };
        let found = bytes.windows(4).enumerate();
        let found = found.filter_map(|(at, bytes)| (bytes == mark).then_some(at));
        for at in found.collect::<Vec<_>>() {
            bytes[at + place..at + place + said.len()].copy_from_slice(said);
        }
    }
    bytes
}

#[rstest]
#[case::locked_with_a_password(with_entries(8, Some(6), &[1, 0]), Reason::ZipNotRead)]
#[case::packed_in_another_way(with_entries(10, Some(8), &[12, 0]), Reason::ZipNotRead)]
#[case::too_large_together(
    with_entries(24, None, &0x3000_0000_u32.to_le_bytes()),
    Reason::TooLarge { limit_bytes: 2 * 1024 * 1024 * 1024 }
)]
#[tokio::test]
async fn a_zip_that_cannot_be_unpacked_within_bounds_blocks(
    #[case] bytes: Vec<u8>,
    #[case] reason: Reason,
) {
    let office = Office::open();
    let looked = office.look_at(&bytes, "roster").await;
    assert_eq!(looked.state, ImportState::Blocked);
    // Said once of the zip, or of each file in it.
    let mut said = reasons(&looked);
    said.dedup();
    assert_eq!(said, [&reason]);
}

/// A roster in a zip, changed behind its directory: the place of the mark of its end, and all of it.
fn with_end(change: impl FnOnce(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = zip(&small());
    let end = bytes.len() - 22;
    assert_eq!(bytes[end..end + 4], *b"PK\x05\x06");
    change(end, &mut bytes);
    bytes
}

/// The same with a comment.
fn commented(comment: &[u8]) -> Vec<u8> {
    with_end(|end, bytes| {
        let length = u16::try_from(comment.len()).unwrap();
        bytes[end + 20..].copy_from_slice(&length.to_le_bytes());
        bytes.extend(comment);
    })
}

/// The mark of an end that says one file and a small directory at the beginning.
fn another_end() -> Vec<u8> {
    let numbers = [0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [&b"PK\x05\x06"[..], &numbers].concat()
}

#[rstest]
#[case::in_its_comment(commented(&another_end()))]
#[case::in_its_comment_with_more_behind(commented(&[&another_end()[..], b"more"].concat()))]
#[case::half_a_mark_in_its_comment(commented(b"PK\x05\x06"))]
#[case::behind_it(with_end(|_, bytes| bytes.extend(another_end())))]
#[case::something_else_behind_it(with_end(|_, bytes| bytes.extend(b"\r\n")))]
#[case::something_before_it(with_end(|_, bytes| drop(bytes.splice(0..0, *b"PK\x03\x04"))))]
#[case::a_directory_that_begins_elsewhere(with_end(|end, bytes| bytes[end + 16] ^= 1))]
#[case::other_numbers_of_files(with_end(|end, bytes| bytes[end + 8] -= 1))]
#[case::a_part_of_several(with_end(|end, bytes| bytes[end + 4] = 1))]
#[tokio::test]
async fn a_zip_whose_end_can_be_read_in_two_ways_is_not_read(#[case] bytes: Vec<u8>) {
    let office = Office::open();
    let looked = office.look_at(&bytes, "roster").await;
    assert_eq!(reasons(&looked), [&Reason::ZipNotRead]);
}

#[tokio::test]
async fn a_zip_with_a_comment_is_read_as_any_other() {
    let office = Office::open();
    let looked = office
        .look_at(&commented(b"Exported on 8/12/2026"), "roster")
        .await;
    assert_eq!(
        (looked.state, looked.preview.troubles.len()),
        (ImportState::Looked, 0)
    );
}

/// What a zip says of the size of its files is changed in its directory.
#[tokio::test]
async fn a_zip_that_says_that_it_is_large_is_not_unpacked() {
    let office = Office::open();
    let mut bytes = zip(&small());
    let directory = bytes
        .windows(4)
        .position(|mark| mark == b"PK\x01\x02")
        .unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    let looked = office.look_at(&bytes, "roster").await;
    let limit_bytes = 1024 * 1024 * 1024;
    assert_eq!(reasons(&looked), [&Reason::TooLarge { limit_bytes }]);
}
