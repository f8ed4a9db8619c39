//! Tells the program how it was compiled, for the marks of finished parts.

#![allow(clippy::print_stdout)] // this is how a build script speaks to cargo

use std::env::var;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let compiler = var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(compiler).arg("--version").output();
    let version = version
        .ok()
        .and_then(|said| String::from_utf8(said.stdout).ok());
    let said = [
        ("ALLIES_RUSTC", version),
        ("ALLIES_TARGET", var("TARGET").ok()),
        ("ALLIES_FEATURES", var("CARGO_CFG_TARGET_FEATURE").ok()),
    ];
    for (name, value) in said {
        let value = value.unwrap_or_default();
        println!("cargo::rustc-env={name}={}", value.trim());
    }
}
