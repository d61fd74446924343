//! From what is there to what has to be done. Pure.

use super::found::{Compiler, Found, Rights, System, WASM};

/// What the machine is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Building without a browser: what the checks of the code need.
    Code,
    /// Building the app and the server.
    App,
    /// The same, and a browser and a window that tests can drive.
    Tests,
}

/// What we do, in this order, and what only the person can do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Commands for us to run.
    pub steps: Vec<Step>,
    /// Sentences with the exact command, where there is one.
    pub by_hand: Vec<String>,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is for, in a sentence.
    pub says: String,
    /// The program and its arguments.
    pub words: Vec<String>,
    /// Whether the next step may succeed without it.
    pub may_fail: bool,
}

/// Decides what is to be done before `need` can be met.
pub fn plan(found: &Found, need: Need) -> Plan {
    let mut plan = Plan::default();
    if need == Need::Code {
        return plan;
    }
    if !found.wasm_target {
        plan.add_wasm_target(found.rustup);
    }
    let missing = missing(found, need);
    if !missing.is_empty() {
        plan.add_programs(found, &missing);
    }
    plan
}

/// A program that comes out of the system's own packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    WasmCompiler,
    Browser,
    BrowserDriver,
    Font,
    Window,
    Screen,
}

fn missing(found: &Found, need: Need) -> Vec<Program> {
    let for_tests = need == Need::Tests;
    [
        (
            found.wasm_compiler == Compiler::Missing,
            Program::WasmCompiler,
        ),
        (for_tests && !found.browser, Program::Browser),
        (for_tests && !found.browser_driver, Program::BrowserDriver),
        (for_tests && !found.font, Program::Font),
        (for_tests && !found.window, Program::Window),
        (for_tests && !found.screen, Program::Screen),
    ]
    .into_iter()
    .filter_map(|(is_missing, program)| is_missing.then_some(program))
    .collect()
}

impl Program {
    fn says(self) -> &'static str {
        match self {
            Self::WasmCompiler => "a clang that compiles C for wasm (SQLite runs in the browser)",
            Self::Browser => "Chromium or Chrome (the tests use the app as a person does)",
            Self::BrowserDriver => "chromedriver (the tests drive the browser with it)",
            Self::Font => "a font (the browser would draw no letters)",
            Self::Window => "WebKitGTK and what belongs to it (the app in a window of its own)",
            Self::Screen => {
                "Xvfb, openbox and xdotool (the tests use that window on a screen that nobody sees)"
            }
        }
    }

    /// The packages, with spaces between them.
    fn debian(self) -> &'static str {
        match self {
            Self::WasmCompiler => "clang",
            Self::Browser => "chromium",
            Self::BrowserDriver => "chromium-driver",
            Self::Font => "fonts-dejavu-core",
            Self::Window => {
                "pkg-config libwebkit2gtk-4.1-dev libgtk-3-dev libayatana-appindicator3-dev libxdo-dev libssl-dev"
            }
            Self::Screen => "xvfb openbox xdotool",
        }
    }

    fn ubuntu(self) -> &'static str {
        match self {
            Self::Browser => "chromium-browser",
            Self::BrowserDriver => "chromium-chromedriver",
            other => other.debian(),
        }
    }

    fn homebrew(self) -> Option<&'static str> {
        match self {
            Self::WasmCompiler => Some("brew install llvm"),
            Self::Browser => Some("brew install --cask google-chrome"),
            Self::BrowserDriver => Some("brew install --cask chromedriver"),
            Self::Font | Self::Window | Self::Screen => None,
        }
    }
}

impl Plan {
    fn add_wasm_target(&mut self, rustup: bool) {
        if rustup {
            self.steps.push(Step {
                says: format!("Adding the Rust target {WASM}, which browsers run."),
                words: ["rustup", "target", "add", WASM]
                    .map(str::to_owned)
                    .to_vec(),
                may_fail: false,
            });
        } else {
            self.by_hand.push(format!(
                "The Rust target {WASM} is missing, and so is rustup, which adds it. Install \
                 rustup as https://rustup.rs says, then run:\n    rustup target add {WASM}"
            ));
        }
    }

    fn add_programs(&mut self, found: &Found, missing: &[Program]) {
        let list = missing
            .iter()
            .map(|program| program.says())
            .collect::<Vec<_>>()
            .join(", ");
        let each = |names: fn(Program) -> &'static str| {
            let names = missing.iter().map(|program| names(*program));
            names.flat_map(str::split_whitespace).collect()
        };
        let packages: Vec<&str> = match found.system {
            System::Debian => each(Program::debian),
            System::Ubuntu => each(Program::ubuntu),
            System::Mac => {
                let commands: Vec<_> = missing
                    .iter()
                    .filter_map(|program| program.homebrew())
                    .collect();
                let commands = commands.join("\n    ");
                self.by_hand
                    .push(format!("Needed: {list}. Run:\n    {commands}"));
                return;
            }
            System::Other => {
                self.by_hand.push(format!(
                    "Needed: {list}. Install it the way this system does. A compiler that is not \
                     on the PATH as `clang` is named by the variable CC_wasm32_unknown_unknown."
                ));
                return;
            }
        };
        if found.rights == Rights::Own {
            let packages = packages.join(" ");
            self.by_hand.push(format!(
                "Needed: {list}. Run:\n    sudo apt-get update && sudo apt-get install -y \
                 --no-install-recommends {packages}"
            ));
            return;
        }
        self.steps.push(Step {
            says: "Reading the list of packages.".to_owned(),
            words: as_root(found.rights, &["apt-get", "update", "-q"]),
            // One unreachable source must not stop a package that another one has.
            may_fail: true,
        });
        let install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"];
        self.steps.push(Step {
            says: format!("Installing {list}."),
            words: as_root(found.rights, &[&install, packages.as_slice()].concat()),
            may_fail: false,
        });
    }
}

/// `words` as a command that asks nothing, through sudo where it takes that.
fn as_root(rights: Rights, words: &[&str]) -> Vec<String> {
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive"];
    let sudo: &[&str] = if rights == Rights::Sudo {
        &["sudo", "-n"]
    } else {
        &[]
    };
    [sudo, &quiet, words]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Found {
        Found {
            system: System::Debian,
            rights: Rights::Root,
            rustup: true,
            wasm_target: true,
            wasm_compiler: Compiler::At("clang".to_owned()),
            compiler_for_all: false,
            browser: true,
            browser_driver: true,
            font: true,
            window: true,
            screen: true,
        }
    }

    fn bare() -> Found {
        Found {
            wasm_target: false,
            wasm_compiler: Compiler::Missing,
            browser: false,
            browser_driver: false,
            font: false,
            window: false,
            screen: false,
            ..complete()
        }
    }

    fn commands(plan: &Plan) -> Vec<String> {
        plan.steps.iter().map(|step| step.words.join(" ")).collect()
    }

    #[test]
    fn a_complete_machine_needs_nothing() {
        assert_eq!(plan(&complete(), Need::Tests), Plan::default());
    }

    #[test]
    fn the_checks_of_the_code_install_nothing() {
        assert_eq!(plan(&bare(), Need::Code), Plan::default());
    }

    #[test]
    fn the_app_does_without_a_browser_and_a_window() {
        let found = Found {
            browser: false,
            browser_driver: false,
            font: false,
            window: false,
            screen: false,
            ..complete()
        };
        assert_eq!(plan(&found, Need::App), Plan::default());
    }

    #[test]
    fn root_on_debian_installs_all_of_it_without_a_question() {
        assert_eq!(
            commands(&plan(&bare(), Need::Tests)),
            [
                "rustup target add wasm32-unknown-unknown",
                "env DEBIAN_FRONTEND=noninteractive apt-get update -q",
                "env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
                 --no-install-recommends clang chromium chromium-driver fonts-dejavu-core \
                 pkg-config libwebkit2gtk-4.1-dev libgtk-3-dev libayatana-appindicator3-dev \
                 libxdo-dev libssl-dev xvfb openbox xdotool",
            ]
        );
    }

    #[test]
    fn sudo_is_used_only_without_a_password() {
        let found = Found {
            rights: Rights::Sudo,
            wasm_target: true,
            ..bare()
        };
        let plan = plan(&found, Need::App);
        assert!(
            commands(&plan)
                .iter()
                .all(|command| command.starts_with("sudo -n env "))
        );
        assert_eq!(plan.by_hand, Vec::<String>::new());
    }

    #[test]
    fn without_rights_the_exact_command_is_given() {
        let found = Found {
            rights: Rights::Own,
            wasm_target: true,
            ..bare()
        };
        let plan = plan(&found, Need::App);
        assert_eq!(plan.steps, []);
        let command =
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends clang";
        assert!(
            plan.by_hand.concat().ends_with(command),
            "{:?}",
            plan.by_hand
        );
    }

    #[test]
    fn without_rustup_the_way_to_it_is_given() {
        let found = Found {
            rustup: false,
            wasm_target: false,
            ..complete()
        };
        let plan = plan(&found, Need::App);
        assert_eq!(plan.steps, []);
        assert!(plan.by_hand.concat().contains("https://rustup.rs"));
    }

    #[test]
    fn each_system_gets_its_own_names() {
        let on = |system| Found {
            system,
            rights: Rights::Own,
            wasm_target: true,
            ..bare()
        };
        let told = |system| plan(&on(system), Need::Tests).by_hand.concat();
        assert!(told(System::Ubuntu).contains("clang chromium-browser chromium-chromedriver"));
        assert!(told(System::Mac).contains("brew install llvm\n"));
        assert!(told(System::Other).contains("CC_wasm32_unknown_unknown"));
    }

    #[test]
    fn a_compiler_that_build_scripts_would_miss_is_named_to_them() {
        assert_eq!(complete().wasm_compiler_to_name(), None);
        let found = Found {
            compiler_for_all: true,
            ..complete()
        };
        assert_eq!(found.wasm_compiler_to_name(), Some("clang".to_owned()));
        let found = Found {
            wasm_compiler: Compiler::At("/x/clang".to_owned()),
            ..complete()
        };
        assert_eq!(found.wasm_compiler_to_name(), Some("/x/clang".to_owned()));
        let found = Found {
            wasm_compiler: Compiler::Named,
            compiler_for_all: true,
            ..complete()
        };
        assert_eq!(found.wasm_compiler_to_name(), None);
    }
}
