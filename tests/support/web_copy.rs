//! A copy of the built web app that a test changes: another version, a worker that misbehaves.

use super::web_folder;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// For a worker whose disk is full from `disk.postMessage(true)` on, until `false`, on a channel of that name.
pub const FULL_DISK: &str = "let full = false; \
    new BroadcastChannel('disk').onmessage = (e) => { full = e.data; }; \
    const Handle = FileSystemSyncAccessHandle.prototype; const write = Handle.write; \
    Handle.write = function (...a) { \
      if (full) throw new DOMException('full', 'QuotaExceededError'); \
      return write.apply(this, a); };";

/// For a worker of an earlier version than the server: what it pushes is in a protocol that was before the first.
pub const EARLIER: &str = "const send = self.fetch.bind(self); \
    self.fetch = (url, init) => { \
      if (String(url).endsWith('/api/v1/push')) \
        init.body = init.body.replace('\"protocol\":1', '\"protocol\":0'); \
      return send(url, init); };";

/// A copy of the web app that can be changed.
pub struct WebCopy(TempDir);

impl WebCopy {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&web_folder(), folder.path());
        Self(folder)
    }

    /// A copy whose worker runs this before anything else.
    pub fn with_worker_running(script: &str) -> Self {
        let copy = Self::new();
        let glue = copy.build().join("app.js");
        let text = fs::read_to_string(&glue).unwrap();
        let injected = format!("if (typeof document === 'undefined') {{ {script} }}\n{text}");
        fs::write(&glue, injected).unwrap();
        copy
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The folder of the one build in it.
    pub fn build(&self) -> PathBuf {
        fs::read_dir(self.path().join("b"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
    }

    /// Becomes another version: the same app in a build of another name.
    pub fn become_version(&self, version: &str) {
        let build = self.build();
        let old = build.file_name().unwrap().to_str().unwrap().to_owned();
        fs::rename(&build, build.with_file_name(version)).unwrap();
        for name in ["sw.js", "index.html"] {
            let path = self.path().join(name);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(&old), "{name} names its build");
            fs::write(&path, text.replace(&old, version)).unwrap();
        }
    }
}

/// Copies all but the compressed files, which a change would leave behind.
fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else if entry
            .path()
            .extension()
            .is_none_or(|extension| extension != "br")
        {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
