//! The program behind `cargo start`, `cargo verify` and `cargo figures`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lookfor::dev::main()
}
