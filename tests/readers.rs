//! Whatever text the core is given it reads or refuses with a sentence: inputs that nobody would write, made from ones that somebody would.
//! What has to be true of each reader stands beside the fuzzer that works them by coverage, in fuzz/. The readers of the page have theirs in
//! tests/fuzz/.

#[path = "../fuzz/src/lib.rs"]
mod checks;

use std::fs::{read, read_dir, read_to_string};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use checks::Reader;
use density_playground::experiment::Experiment;
use density_playground::math::{Philox, Stream};

/// Inputs for each reader, the same in every run.
const ROUNDS: u32 = 3000;

/// What programs stumble at, and what the formats give a meaning.
const PIECES: [&str; 30] = [
    "\n",
    "\r",
    "\0",
    "\t",
    " ",
    ",",
    ";",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    "-",
    "null",
    "true",
    "0",
    "-1",
    "1e309",
    "NaN",
    "inf",
    "4294967296",
    "9007199254740993",
    "\u{feff}",
    "🌙",
    "\"kind\"",
    "\"layers\"",
    "[0,1]",
    "1,2\n",
    "e",
];

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// A good text with one to six changes.
fn mutant(good: &[String], seed: u32) -> String {
    let mut random = Philox::new(seed, Stream::HeldOut { row: 0 });
    let mut text = characters(&good[random.below(good.len())]);
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let to = (at + random.below(12)).min(text.len());
        let piece = characters(PIECES[random.below(PIECES.len())]);
        match random.below(6) {
            0 => drop(text.drain(at..to)),
            1 => drop(text.splice(at..at, piece)),
            2 => drop(text.splice(at..to, piece)),
            3 => text.truncate(at),
            4 => {
                let again = text[at..to].to_vec();
                text.splice(at..at, again);
            }
            _ => {
                let other = characters(&good[random.below(good.len())]);
                let from = random.below(other.len() + 1);
                text.truncate(at);
                text.extend_from_slice(&other[from..]);
            }
        }
    }
    text.into_iter().collect()
}

/// Gives a reader its inputs: good ones, those that the fuzzer kept, those at which something once went wrong, and new ones.
fn hunt(name: &str, good: &[String], takes: Reader) {
    for text in good {
        assert!(takes(text), "{text:?} is good and was refused");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let corpus = read_to_string(folder.join(format!("corpus/core/{name}.txt"))).expect("the fuzzer's corpus");
    for line in corpus.lines() {
        let input = STANDARD.decode(line).expect("base64");
        // The fuzzer, too, passes over what is no text.
        let _ = std::str::from_utf8(&input).map(takes);
    }
    for file in read_dir(folder.join("found/core").join(name)).into_iter().flatten() {
        let input = read(file.expect("a file").path()).expect("a file");
        let _ = std::str::from_utf8(&input).map(takes);
    }
    let taken = (0..ROUNDS).filter(|&seed| takes(&mutant(good, seed))).count() as u32;
    assert!(taken > 0 && taken < ROUNDS, "{taken} of {ROUNDS} were taken: the changes test nothing");
}

#[test]
fn any_text_as_a_table() {
    let good = ["x,y\n1,2\n3,4.5\n", "1;2;3\n\n4;5;6\n", "\u{feff}a\tb\n-1e3\t0\n"].map(String::from);
    hunt("table", &good, checks::table);
}

#[test]
fn any_text_as_an_experiment() {
    let whole = serde_json::to_string(&Experiment::default()).unwrap();
    let small = r#"{"model": {"family": "glow", "layers": 3}, "target": {"kind": "funnel"}, "seed": 4}"#;
    let reverse =
        r#"{"objective": {"kind": "reverse-kl", "start": 0.3, "annealing": null, "path_gradient": false}}"#;
    hunt("experiment", &[whole, small.into(), reverse.into()], checks::experiment);
}

#[test]
fn any_text_as_a_fixture() {
    let net = r#"{"weight": [[1, 0.5], [2, -1]], "mask": [[0, 0], [1, 0]], "bias": [0, 1]}"#;
    let made = format!(
        r#"{{"kind": "maf", "dim": 2, "layers": [{{"ordering": [0, 1], "mlp": [{net}, {{"weight": [[1, 2], [0, 1], [1, 0], [3, 1]], "bias": [0, 0, 0, 1]}}]}}],
            "points": [[0.5, 1]], "log_prob": [-2]}}"#
    );
    hunt("fixture", &[made], checks::fixture);
}
