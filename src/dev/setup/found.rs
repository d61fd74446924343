//! What is on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The target that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Where a variable names the C compiler for wasm, in the order in which build scripts look.
const COMPILER_VARIABLES: [&str; 2] = ["CC_wasm32-unknown-unknown", "CC_wasm32_unknown_unknown"];

/// Compilers to try. Homebrew keeps its own out of the way of the system's, which has no wasm.
const COMPILERS: [&str; 3] = [
    "clang",
    "/opt/homebrew/opt/llvm/bin/clang",
    "/usr/local/opt/llvm/bin/clang",
];

const BROWSERS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Everything that a plan is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How this system installs programs.
    pub system: System,
    /// What we may install.
    pub rights: Rights,
    /// `rustup` is there.
    pub rustup: bool,
    /// The standard library for wasm is there.
    pub wasm_target: bool,
    /// The C compiler for wasm.
    pub wasm_compiler: Compiler,
    /// A variable names a C compiler for every target, which build scripts would take for wasm.
    pub compiler_for_all: bool,
    /// A Chromium or Chrome.
    pub browser: bool,
    /// chromedriver.
    pub browser_driver: bool,
    /// At least one font.
    pub font: bool,
    /// The libraries that a window of the system's own is built with.
    pub window: bool,
    /// A screen that nobody sees, and what manages windows and presses keys on it.
    pub screen: bool,
}

/// How programs are installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// apt-get, with Debian's names.
    Debian,
    /// apt-get, with Ubuntu's names.
    Ubuntu,
    /// Homebrew.
    Mac,
    /// By the person who knows it.
    Other,
}

/// What we may do without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Everything.
    Root,
    /// Everything, through `sudo` without a password.
    Sudo,
    /// Nothing outside the person's own folder.
    Own,
}

/// The C compiler for wasm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compiler {
    /// A variable of the environment names it; taken at its word.
    Named,
    /// This program can do it.
    At(String),
    /// None of those we know.
    Missing,
}

impl Found {
    /// Looks at this machine.
    pub fn look() -> Self {
        let system = System::look();
        Self {
            system,
            rights: Rights::look(),
            rustup: says("rustup", &["--version"]).is_some(),
            wasm_target: has_wasm_target(),
            wasm_compiler: Compiler::look(),
            compiler_for_all: ["CC", "TARGET_CC"]
                .iter()
                .any(|name| env::var_os(name).is_some()),
            browser: BROWSERS.iter().any(|name| on_path(name)),
            browser_driver: on_path("chromedriver"),
            font: system == System::Mac || has_font(Path::new("/usr/share/fonts")),
            window: !cfg!(target_os = "linux") || has_window_libraries(),
            screen: !cfg!(target_os = "linux")
                || ["Xvfb", "openbox", "xdotool"].into_iter().all(on_path),
        }
    }

    /// The compiler that has to be named to build scripts, if they would take another one.
    pub fn wasm_compiler_to_name(&self) -> Option<String> {
        match &self.wasm_compiler {
            Compiler::At(program) if program != "clang" || self.compiler_for_all => {
                Some(program.clone())
            }
            _ => None,
        }
    }
}

impl System {
    fn look() -> Self {
        if cfg!(target_os = "macos") {
            return Self::Mac;
        }
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        if on_path("apt-get") {
            Self::with_apt(&release)
        } else {
            Self::Other
        }
    }

    /// Which names a system with apt-get uses, by the text of its `os-release`.
    fn with_apt(release: &str) -> Self {
        let is_ubuntu = |line: &str| {
            (line.starts_with("ID=") || line.starts_with("ID_LIKE=")) && line.contains("ubuntu")
        };
        if release.lines().any(is_ubuntu) {
            Self::Ubuntu
        } else {
            Self::Debian
        }
    }
}

impl Rights {
    fn look() -> Self {
        if says("id", &["-u"]).is_some_and(|user| user.trim() == "0") {
            Self::Root
        } else if says("sudo", &["-n", "true"]).is_some() {
            Self::Sudo
        } else {
            Self::Own
        }
    }
}

impl Compiler {
    fn look() -> Self {
        let is_named = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
        if COMPILER_VARIABLES.iter().any(is_named) {
            return Self::Named;
        }
        let can = |program: &&&str| {
            says(program, &["--print-targets"]).is_some_and(|targets| targets.contains("wasm32"))
        };
        COMPILERS
            .iter()
            .find(can)
            .map_or(Self::Missing, |program| Self::At((*program).to_owned()))
    }
}

/// What `program` prints, if it is there and succeeds.
fn says(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks the compiler, not rustup, because a distribution's Rust has no rustup.
fn has_wasm_target() -> bool {
    says("rustc", &["--print", "target-libdir", "--target", WASM])
        .is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

fn on_path(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    // A name that is a whole path stays one when it is joined.
    env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

fn has_window_libraries() -> bool {
    let named = ["--exists", "webkit2gtk-4.1", "gtk+-3.0", "openssl"];
    // The one that moves the pointer says nothing of itself to pkg-config.
    says("pkg-config", &named).is_some() && Path::new("/usr/include/xdo.h").is_file()
}

fn has_font(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let is_font = |path: &PathBuf| {
        path.extension()
            .is_some_and(|end| end == "ttf" || end == "otf" || end == "ttc")
    };
    paths.iter().any(is_font) || paths.iter().any(|path| path.is_dir() && has_font(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_of_ubuntu_uses_its_names() {
        assert_eq!(
            System::with_apt("NAME=\"Linux Mint\"\nID_LIKE=\"ubuntu debian\""),
            System::Ubuntu
        );
        assert_eq!(
            System::with_apt("ID=debian\nHOME_URL=\"https://x/\""),
            System::Debian
        );
        assert_eq!(System::with_apt(""), System::Debian);
    }
}
