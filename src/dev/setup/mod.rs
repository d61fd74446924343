//! What a machine needs before anything can be built or tested: looks, plans, installs.
//!
//! Reading order: [`found`] looks at the machine, [`mod@plan`] decides, this file does it.

pub mod found;
pub mod plan;

use super::cargo::run;
use super::failure::{Failure, Result};
use found::Found;
use plan::{Need, Plan, plan};
use std::process::Command;

/// What was found and later steps need to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tools {
    /// The C compiler for wasm, where the one that build scripts take by themselves would not do.
    pub wasm_compiler: Option<String>,
}

/// Brings the machine to where `need` can be met, saying what it does. Fails with the exact
/// commands to run where it may not run them itself.
pub fn setup(need: Need) -> Result<Tools> {
    let found = Found::look();
    let Plan { steps, by_hand } = plan(&found, need);
    for step in &steps {
        println!("{}", step.says);
        let [program, words @ ..] = step.words.as_slice() else {
            continue;
        };
        let done = run(
            Command::new(program).args(words),
            &format!("`{}` did not succeed.", step.words.join(" ")),
        );
        if !step.may_fail {
            done?;
        }
    }
    if !by_hand.is_empty() {
        let list = by_hand.join("\n\n");
        return Err(Failure::new(format!(
            "Something is missing on this machine.\n\n{list}"
        )));
    }
    // After an installation the compiler is where it was looked for in vain before.
    let found = if steps.is_empty() {
        found
    } else {
        Found::look()
    };
    if let Some(missing) = plan(&found, need).steps.first() {
        let command = missing.words.join(" ");
        return Err(Failure::new(format!(
            "`{command}` ran, but what it installs is not found."
        )));
    }
    Ok(Tools {
        wasm_compiler: found.wasm_compiler_to_name(),
    })
}
