//! A zip, or one CSV, as files that are read one after the other, within bounds.

use super::kind;
use crate::domain::import::Reason;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// The most entries of a zip.
pub const ENTRIES_MAX: u32 = 1_000;
/// The largest file of a zip, unpacked, in bytes.
pub const FILE_MAX_BYTES: u64 = 1024 * 1024 * 1024;
/// The largest zip, unpacked, in bytes.
pub const ALL_MAX_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// The end of a zip's directory: its mark, its length without a comment, and the longest comment.
const END_MARK: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;
const COMMENT_MAX_BYTES: u64 = 65_535;
/// The largest directory of a zip, in bytes; the crate reads it whole.
const DIRECTORY_MAX_BYTES: u32 = 4 * 1024 * 1024;

/// What was sent.
pub enum Container {
    /// Files in a zip.
    Zip(Box<ZipArchive<File>>),
    /// One file, and its name if it has one.
    Csv(File, String),
}

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without folders.
    pub name: String,
    /// How long it says that it is, unpacked, in bytes.
    pub bytes: u64,
    index: usize,
}

impl Container {
    /// Opens a zip.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn zip(mut file: File) -> Result<Self, Reason> {
        check_end(&mut file)?;
        let archive = ZipArchive::new(file).map_err(|_| Reason::ZipNotRead)?;
        if archive.len() > ENTRIES_MAX as usize {
            return Err(Reason::TooManyFiles { limit: ENTRIES_MAX });
        }
        Ok(Self::Zip(Box::new(archive)))
    }

    /// The files that may be read, and how many others there are. Folders, and what a Mac packs beside
    /// files, do not count.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub fn entries(&mut self) -> Result<(Vec<Entry>, u32), Reason> {
        let archive = match self {
            Self::Zip(archive) => archive,
            Self::Csv(file, name) => {
                let bytes = file.metadata().map_err(|_| Reason::NotRead)?.len();
                let name = name.clone();
                return Ok((
                    vec![Entry {
                        name,
                        bytes,
                        index: 0,
                    }],
                    0,
                ));
            }
        };
        let (mut entries, mut others, mut all) = (Vec::new(), 0, 0_u64);
        for index in 0..archive.len() {
            let entry = archive
                .by_index_raw(index)
                .map_err(|_| Reason::ZipNotRead)?;
            let path = entry
                .name()
                .map_err(|_| Reason::ZipNotRead)?
                .replace('\\', "/");
            let name = path.rsplit('/').next().unwrap_or_default();
            if entry.is_dir()
                || name.is_empty()
                || name.starts_with("._")
                || path.starts_with("__MACOSX/")
            {
                continue;
            }
            let is_csv = name.to_ascii_lowercase().ends_with(".csv");
            if !is_csv || !kind::is_opened(name) {
                others += 1;
                continue;
            }
            let bytes = entry.size();
            all = all.saturating_add(bytes);
            if bytes > FILE_MAX_BYTES || all > ALL_MAX_BYTES {
                let limit_bytes = if bytes > FILE_MAX_BYTES {
                    FILE_MAX_BYTES
                } else {
                    ALL_MAX_BYTES
                };
                return Err(Reason::TooLarge { limit_bytes });
            }
            let name = name.chars().filter(|c| !c.is_control()).take(60).collect();
            entries.push(Entry { name, bytes, index });
        }
        Ok((entries, others))
    }

    /// Reads a file from its beginning.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&mut self, entry: &Entry) -> Result<Box<dyn Read + '_>, Reason> {
        match self {
            Self::Zip(archive) => {
                let file = archive
                    .by_index(entry.index)
                    .map_err(|_| Reason::ZipNotRead)?;
                Ok(Box::new(file))
            }
            Self::Csv(file, _) => {
                file.seek(SeekFrom::Start(0)).map_err(|_| Reason::NotRead)?;
                Ok(Box::new(file))
            }
        }
    }

    /// What is said when reading fails midway.
    pub fn broken(&self) -> Reason {
        match self {
            Self::Zip(_) => Reason::ZipNotRead,
            Self::Csv(..) => Reason::NotRead,
        }
    }
}

/// Looks at what a zip says of its directory before anybody reads that whole.
///
/// What is checked has to be what is read. So there is one mark of an end from the directory on, it stands where the
/// directory ends and the file does, and the directory begins where it says. Other readers would fall back on an
/// earlier mark, or go by the longer numbers of zips above 4 GB.
fn check_end(file: &mut File) -> Result<(), Reason> {
    let (from, tail) = tail(file).map_err(|_| Reason::NotRead)?;
    let marks = || {
        let starts = tail.windows(END_MARK.len()).enumerate();
        starts.filter_map(|(at, bytes)| (bytes == END_MARK).then_some(at))
    };
    let at = marks().next_back().ok_or(Reason::ZipNotRead)?;
    let end = tail.get(at..).unwrap_or_default();
    let number = |at: usize, bytes: usize| {
        let part = end.get(at..at + bytes).unwrap_or_default();
        part.iter()
            .rev()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
    };
    let comment = number(20, 2) as usize;
    if end.len() != END_BYTES + comment {
        return Err(Reason::ZipNotRead);
    }
    let (disks, entries) = ([number(4, 2), number(6, 2)], number(10, 2));
    if entries > ENTRIES_MAX {
        return Err(Reason::TooManyFiles { limit: ENTRIES_MAX });
    }
    let (directory_bytes, directory_at) = (number(12, 4), u64::from(number(16, 4)));
    let is_one = disks == [0, 0] && number(8, 2) == entries;
    let abuts = directory_at + u64::from(directory_bytes) == from + at as u64;
    let again = marks().any(|other| other != at && from + other as u64 >= directory_at);
    if !is_one || !abuts || again || directory_bytes > DIRECTORY_MAX_BYTES {
        return Err(Reason::ZipNotRead);
    }
    Ok(())
}

/// The end of a file, and where in the file it begins.
fn tail(file: &mut File) -> io::Result<(u64, Vec<u8>)> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(END_BYTES as u64 + COMMENT_MAX_BYTES);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(END_BYTES as u64 + COMMENT_MAX_BYTES)
        .read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    Ok((from, tail))
}
