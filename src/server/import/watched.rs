//! The bytes of a file on their way to the CSV reader, which says neither on which line a row really
//! begins, after empty lines and line ends of Windows, nor whether a quotation mark was left open.

use super::progress::Progress;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

/// The mark at the beginning of UTF-8.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The longest row, in bytes: a quotation mark that is never closed makes one row of all that follows.
const ROW_MAX_BYTES: u64 = 1024 * 1024;

/// A reader that leaves the mark of UTF-8 out, ends at a limit, and notes where quotation marks and lines
/// are among what was not asked about yet.
pub struct Watched<R> {
    inner: R,
    progress: Arc<Progress>,
    /// The first bytes, read to look for a mark, and how many of them were given on.
    first: Vec<u8>,
    given: usize,
    began: bool,
    is_utf16: bool,
    left_bytes: u64,
    limit_bytes: u64,
    is_over: bool,
    is_stuck: bool,
    /// Up to where rows were asked about.
    asked_until: u64,
    /// How many bytes were given on.
    at: u64,
    /// Where quotation marks, line feeds and other bytes than line ends were among them: what the rows
    /// at hand need.
    seen: VecDeque<(u64, Seen)>,
    line: u32,
    /// Whether the last byte was part of a line end.
    after_end: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Quote,
    LineFeed,
    /// The first byte of a line's text.
    Text,
}

/// What is known of a row.
pub struct Lines {
    /// The line on which its text begins.
    pub first: u32,
    /// Whether it ends within quotation marks, or has one that stands alone.
    pub quote_is_open: bool,
}

impl<R: Read> Watched<R> {
    /// Watches a file that may be this long, unpacked.
    pub fn new(inner: R, limit_bytes: u64, progress: Arc<Progress>) -> Self {
        Self {
            inner,
            progress,
            first: Vec::new(),
            given: 0,
            began: false,
            is_utf16: false,
            left_bytes: limit_bytes,
            limit_bytes,
            is_over: false,
            is_stuck: false,
            asked_until: 0,
            at: 0,
            seen: VecDeque::new(),
            line: 1,
            after_end: true,
        }
    }

    /// Whether the file begins like one in UTF-16.
    pub fn is_utf16(&self) -> bool {
        self.is_utf16
    }

    /// Whether it was longer than its limit.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether a row was longer than any row is.
    pub fn is_stuck(&self) -> bool {
        self.is_stuck
    }

    /// The limit, in bytes.
    pub fn limit_bytes(&self) -> u64 {
        self.limit_bytes
    }

    /// What is known of the row between these places, which are asked about in their order.
    pub fn lines_until(&mut self, begins_at: u64, ends_at: u64) -> Lines {
        let (mut first, mut quotes) = (None, 0_u64);
        self.asked_until = ends_at;
        while let Some((at, seen)) = self.seen.front().copied().filter(|(at, _)| *at < ends_at) {
            self.seen.pop_front();
            match seen {
                Seen::LineFeed => self.line = self.line.saturating_add(1),
                Seen::Text if at >= begins_at => first = first.or(Some(self.line)),
                Seen::Text => {}
                Seen::Quote => quotes += 1,
            }
        }
        Lines {
            first: first.unwrap_or(self.line),
            quote_is_open: quotes % 2 == 1,
        }
    }

    /// Reads the first bytes, which may be a mark.
    fn begin(&mut self) -> io::Result<()> {
        self.began = true;
        (&mut self.inner).take(4).read_to_end(&mut self.first)?;
        let first = self.first.as_slice();
        self.is_utf16 = first.starts_with(&[0xff, 0xfe])
            || first.starts_with(&[0xfe, 0xff])
            || first.contains(&0);
        if first.starts_with(&MARK) {
            self.given = MARK.len();
        }
        Ok(())
    }

    fn note(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let seen = match byte {
                b'"' => Some(Seen::Quote),
                b'\n' => Some(Seen::LineFeed),
                _ => None,
            };
            let is_end = matches!(byte, b'\n' | b'\r');
            if self.after_end && !is_end {
                self.seen.push_back((self.at, Seen::Text));
            }
            self.after_end = is_end;
            if let Some(seen) = seen {
                self.seen.push_back((self.at, seen));
            }
            self.at += 1;
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.began {
            self.begin()?;
        }
        if self.at - self.asked_until > ROW_MAX_BYTES {
            self.is_stuck = true;
            return Err(io::Error::other("the row is longer than its limit"));
        }
        let waiting = self.first.get(self.given..).unwrap_or_default();
        let read = if waiting.is_empty() {
            self.inner.read(into)?
        } else {
            let read = waiting.len().min(into.len());
            into.iter_mut()
                .zip(waiting)
                .for_each(|(to, from)| *to = *from);
            self.given += read;
            read
        };
        let bytes = read as u64;
        if bytes > self.left_bytes {
            self.is_over = true;
            return Err(io::Error::other("the file is longer than its limit"));
        }
        self.left_bytes -= bytes;
        self.progress.add(bytes);
        self.note(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_left_out_and_utf_16_is_seen() {
        let read = |bytes: &[u8]| {
            let mut watched = Watched::new(bytes, 100, Arc::default());
            let mut text = Vec::new();
            watched.read_to_end(&mut text).expect("memory is read");
            (text, watched.is_utf16())
        };
        assert_eq!(read(b"\xef\xbb\xbfa,b"), (b"a,b".to_vec(), false));
        assert_eq!(read(b"a"), (b"a".to_vec(), false));
        assert_eq!(read(b""), (Vec::new(), false));
        assert!(read(b"\xff\xfea\0").1);
        assert!(read(b"a\0,\0").1);
    }

    #[test]
    fn a_file_ends_at_its_limit() {
        let mut watched = Watched::new([b'a'; 20].as_slice(), 10, Arc::default());
        let ended = watched.read_to_end(&mut Vec::new());
        assert!(ended.is_err() && watched.is_over());
    }
}
