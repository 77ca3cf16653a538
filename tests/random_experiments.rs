//! Random Experiments, right ones and nearly right ones: each is trained for a few steps with finite numbers, or ends in one sentence. The page
//! has its own, for what only JavaScript can say: tests/fuzz/experiments.test.ts.
//!
//! A fixed number in every run; more with `RANDOM_EXPERIMENTS=10000 cargo test --test all random_experiments`.

use density_playground::experiment::Experiment;
use density_playground::math::quadrature::Window;
use density_playground::math::{Philox, Stream, Tails};
use density_playground::models::Family;
use density_playground::models::catalogue::CATALOGUE;
use density_playground::session::{EVALUATE_EVERY, Session};
use density_playground::targets::table::Table;
use density_playground::targets::{DRAWING_SIDE, gallery, tables};
use serde_json::{Map, Value, json};

/// In every run.
const COUNT: u32 = 300;

/// What is built and trained is small, so that there can be many.
const MAX_WORK: usize = 60_000;

fn pick<'a, T>(all: &'a [T], random: &mut Philox) -> &'a T {
    &all[random.below(all.len())]
}

fn chance(one_in: usize, random: &mut Philox) -> bool {
    random.below(one_in) == 0
}

/// A number between the two, or one of the two.
fn number(least: f64, most: f64, random: &mut Philox) -> Value {
    let share = match random.below(6) {
        0 => 0.0,
        1 => 1.0,
        _ => random.uniform::<f64>(),
    };
    // Evenly by its size: a limit of 1e-300 is as near as one of 1.
    json!((least.ln() + share * (most.ln() - least.ln())).exp().clamp(least, most))
}

fn whole(least: usize, most: usize, random: &mut Philox) -> Value {
    json!(if chance(8, random) {
        *pick(&[least, most], random)
    } else {
        least + random.below(most - least + 1)
    })
}

/// A drawing in base64: of a single cell, of all cells alike, of chance.
fn drawing(random: &mut Philox) -> Value {
    use base64::Engine;
    let mut cells = vec![0u8; DRAWING_SIDE * DRAWING_SIDE];
    match random.below(4) {
        0 => cells[random.below(DRAWING_SIDE * DRAWING_SIDE)] = 1 + random.below(255) as u8,
        1 => cells.fill(1 + random.below(255) as u8),
        2 => cells
            .iter_mut()
            .for_each(|cell| *cell = if chance(9, random) { random.below(256) as u8 } else { 0 }),
        _ => cells[..DRAWING_SIDE].fill(255),
    }
    json!({ "kind": "drawn", "cells": base64::engine::general_purpose::STANDARD.encode(cells) })
}

fn target(random: &mut Philox) -> Value {
    if chance(4, random) {
        return drawing(random);
    }
    serde_json::to_value(&pick(&gallery(), random).spec).unwrap()
}

fn conditional(random: &mut Philox) -> Value {
    match random.below(4) {
        0 => json!({ "kind": "gaussian" }),
        1 => json!({ "kind": "mixture", "components": whole(1, 32, random) }),
        2 => json!({ "kind": "laplace" }),
        _ => json!({ "kind": "student-t" }),
    }
}

fn base(random: &mut Philox) -> Value {
    match random.below(3) {
        0 => json!({ "kind": "normal" }),
        1 => json!({ "kind": "student-t", "degrees": number(1.0, 100.0, random) }),
        _ => json!({ "kind": "mixture", "components": whole(1, 32, random) }),
    }
}

fn model(random: &mut Philox) -> Value {
    let layers = if chance(20, random) { whole(1, 64, random) } else { whole(1, 4, random) };
    let most = if chance(20, random) { 1024 } else { 12 };
    let deepest = if chance(10, random) { 8 } else { 2 };
    let hidden: Vec<_> = (0..=random.below(deepest)).map(|_| whole(1, most, random)).collect();
    let conditionals: Vec<_> = (0..=random.below(2)).map(|_| conditional(random)).collect();
    let row = pick(CATALOGUE, random);
    // Most of what layers with conditioners have is refused of the others.
    let plain = row.structure.is_none() && !chance(4, random);
    json!({
        "family": row.family,
        "ordering": pick(&[[0, 1], [1, 0]], random),
        "ordering_policy": pick(&["same", "alternate", "random"], random),
        "layers": layers,
        "hidden": hidden,
        "activation": pick(&["relu", "tanh", "silu"], random),
        "conditionals": conditionals,
        "order_agnostic": !plain && chance(6, random),
        "bins": whole(2, 32, random),
        "batch_norm": !plain && chance(4, random),
        "reads": if plain { Value::Null } else { pick(&[Value::Null, json!("data"), json!("base")], random).clone() },
        "base": if plain { json!({ "kind": "normal" }) } else { base(random) },
        "solver": pick(&["euler", "midpoint", "runge-kutta"], random),
        "prediction": pick(&["velocity", "noise"], random),
        "noise_schedule": pick(&["linear", "cosine"], random),
        "transport": chance(2, random),
        "latent": whole(1, 8, random),
        "beta": if chance(2, random) { json!(1) } else { number(1e-6, 100.0, random) },
        "penalty": if chance(2, random) { json!(0) } else { number(1e-6, 100.0, random) },
    })
}

fn objective(random: &mut Philox) -> Value {
    if !chance(3, random) {
        return json!({ "kind": "forward-kl" });
    }
    let annealing = json!({ "from": number(1e-300, 1.0, random), "steps": whole(1, 10_000_000, random) });
    json!({
        "kind": "reverse-kl",
        "start": number(1e-3, 10.0, random),
        "annealing": if chance(2, random) { annealing } else { Value::Null },
        "path_gradient": chance(2, random),
    })
}

fn optimiser(random: &mut Philox) -> Value {
    let usual = if chance(3, random) { number(5e-324, 1.0, random) } else { number(1e-4, 1e-1, random) };
    json!({
        "learning_rate": usual,
        "batch": if chance(40, random) { whole(1, 65_536, random) } else { whole(1, 64, random) },
        "schedule": if chance(2, random) { json!({ "kind": "constant" }) } else { json!({ "kind": "cosine", "steps": whole(1, 10_000_000, random) }) },
        "activations": pick(&["stored", "recomputed"], random),
        "clip": if chance(2, random) { Value::Null } else { number(5e-324, f64::MAX, random) },
        "ema_decay": if chance(2, random) { Value::Null } else { number(1e-6, 0.9999, random) },
        "weight_decay": if chance(2, random) { json!(0) } else { number(1e-6, 10.0, random) },
        "jitter": if chance(2, random) { json!(0) } else { number(1e-6, 1.0, random) },
        "early_stopping": chance(2, random),
    })
}

fn training_set(objective: &Value, random: &mut Philox) -> Value {
    if objective["kind"] == "reverse-kl" || chance(2, random) {
        return json!({ "kind": "fresh" });
    }
    if chance(4, random) {
        let points: Vec<f64> = (0..2 * (10 + random.below(20))).map(|_| random.normal()).collect();
        return json!({ "kind": "points", "points": points });
    }
    json!({ "kind": "sample", "count": whole(10, if chance(20, random) { 100_000 } else { 500 }, random) })
}

/// A right one, as JSON; fields may be left to their defaults, but for those that keep it small.
fn right(random: &mut Philox) -> Value {
    let seed = *pick(&[0, 1, 7, u32::MAX], random);
    let model = model(random);
    // Most families that are no compositions do not learn from their own draws.
    let others = ["flow-matching", "diffusion", "vae", "gan"].map(Value::from);
    let draws = !others.contains(&model["family"]) || chance(8, random);
    let objective = if draws { objective(random) } else { json!({ "kind": "forward-kl" }) };
    json!({
        "target": target(random),
        "training_set": training_set(&objective, random),
        "model": model,
        "objective": objective,
        "optimiser": optimiser(random),
        "seed": seed,
    })
}

/// A table of five columns of every kind: normal, log-normal, a share, a die, one far from 0 that leans on the first.
fn table() -> Table {
    let row = |row| {
        let random = &mut Philox::new(6, Stream::ViewPoint { row });
        let x = random.normal::<f64>();
        let (size, share) = (random.normal::<f64>().exp(), random.uniform::<f64>());
        [x, size, share, random.below(6) as f64, 1.7e9 + 100.0 * x + random.normal::<f64>()]
    };
    Table::new(["a", "b", "c", "d", "e"].map(String::from).to_vec(), (0..90).flat_map(row).collect(), None)
}

/// A right one that learns two to five columns of that table.
fn of_table(random: &mut Philox) -> Value {
    let hash = "7ab1e".repeat(13)[..64].to_owned();
    tables::provide(&hash, table()).unwrap();
    let columns = random.permutation(5)[..2 + random.below(4)].to_vec();
    let transform = |column: usize, random: &mut Philox| match (column, random.below(2)) {
        (1, 0) => json!({ "kind": "log" }),
        (2, 0) => json!({ "kind": "logit", "low": -1e-9, "high": 1.5 }),
        (3, 0) => json!({ "kind": "dequantise", "step": number(1e-3, 10.0, random) }),
        _ => json!({ "kind": "none" }),
    };
    let transforms: Vec<Value> = columns.iter().map(|&column| transform(column, random)).collect();
    let shares = if chance(2, random) { Value::Null } else { json!([0.6, 0.2, 0.2]) };
    let mut all = right(random);
    all["model"]["ordering"] = json!(random.permutation(columns.len()));
    all["model"]["conditionals"] = json!([conditional(random)]);
    all["model"]["order_agnostic"] = json!(false);
    all["objective"] = json!({ "kind": "forward-kl" });
    all["training_set"] = json!({ "kind": "fresh" });
    let transforms = if chance(2, random) { json!([]) } else { json!(transforms) };
    all["target"] = json!({
        "kind": "table", "hash": hash, "name": "rows.csv", "columns": columns,
        "shares": shares, "split_seed": random.below(5), "transforms": transforms,
    });
    all
}

/// What programs stumble at, of every type.
fn wrong(random: &mut Philox) -> Value {
    let texts = ["", "gaussian", "NaN", "\u{202e}", "\0", "__proto__", "Infinity", "1", "🌙"];
    match random.below(10) {
        0 => Value::Null,
        1 => json!(chance(2, random)),
        2 => json!(*pick(&[-1i64, 0, 1, 2, 33, 65, 1025, 65_537, i64::MIN, i64::MAX], random)),
        3 => json!(u64::MAX),
        4 => json!(*pick(&[-0.0, 0.5, -1.5, 1e308, -1e308, 5e-324, 1.0 + 1e-12, 4_294_967_296.0], random)),
        5 => json!(*pick(&texts, random)),
        6 => json!("x".repeat(10_000)),
        7 => json!([]),
        8 => json!([0, 1, 2]),
        _ => json!({ "kind": pick(&texts, random) }),
    }
}

/// Changes one thing somewhere: another value, a field too many, a field too few, one part in the place of another.
fn spoil(value: &mut Value, random: &mut Philox) {
    let inner: Option<&mut Value> = match value {
        Value::Object(fields) if !fields.is_empty() => {
            let at = random.below(fields.len());
            match random.below(12) {
                0 => {
                    return drop(
                        fields.insert((*pick(&["x", "kind", "__proto__", ""], random)).into(), wrong(random)),
                    );
                }
                1 => {
                    let name = fields.keys().nth(at).cloned().unwrap_or_default();
                    return drop(fields.remove(&name));
                }
                2 => return *fields = Map::new(),
                _ => fields.values_mut().nth(at),
            }
        }
        Value::Array(items) if !items.is_empty() && !chance(4, random) => {
            let at = random.below(items.len());
            match random.below(4) {
                0 => return items.push(wrong(random)),
                1 => return drop(items.remove(at)),
                _ => items.get_mut(at),
            }
        }
        _ => None,
    };
    match inner {
        Some(inner) => spoil(inner, random),
        None => *value = wrong(random),
    }
}

#[derive(Debug, Default)]
struct Counts {
    refused: u32,
    too_large: u32,
    not_started: u32,
    stopped: u32,
    trained: u32,
}

/// A refusal is a sentence, and no number in it is none.
fn check_sentence(error: &density_playground::Error) {
    let sentence = error.to_string();
    assert!(sentence.ends_with('.') && sentence.len() > 10 && sentence.len() < 30_000, "{sentence:?}");
    assert!(!sentence.contains("below NaN") && !sentence.contains("below inf"), "{sentence:?}");
}

/// Takes an Experiment as far as it goes.
fn live(text: &str, steps: u32, counts: &mut Counts) {
    let experiment = match Experiment::from_json(text) {
        Ok(experiment) => experiment,
        Err(error) => {
            counts.refused += 1;
            return check_sentence(&error);
        }
    };
    // A solver's steps share their parameters, and each takes a pass for every stage and variable.
    let passes =
        if experiment.model.family.row().structure.is_some() { 1 } else { experiment.model.density_passes() };
    let work = experiment.model.parameter_count() * passes
        + experiment.model.layer_count() * 200
        + 40 * experiment.optimiser.batch;
    if work > MAX_WORK {
        counts.too_large += 1;
        return;
    }
    let mut session = match Session::new(experiment.clone()) {
        Ok(session) => session,
        Err(error) => {
            counts.not_started += 1;
            return check_sentence(&error);
        }
    };
    match session.train(steps) {
        Ok(value) => {
            assert!(value.is_finite(), "the last batch's value is {value}");
            counts.trained += 1;
        }
        Err(error) => {
            counts.stopped += 1;
            check_sentence(&error);
        }
    }
    // Whether it went on or stopped: what stands can be shown.
    assert!(session.parameters().iter().all(|p| p.is_finite()), "a parameter is not finite");
    // A generator has no NLL, and says so by what is no number.
    let silent = experiment.model.family == Family::Gan;
    for now in session.history() {
        let known = now.kl.is_none_or(|kl| !kl.is_nan()) && now.entropy.is_none_or(f64::is_finite);
        assert!(now.nll.is_nan() == silent && known, "{now:?}");
    }
    // A far draw of a base with heavy tails can lead beyond all numbers. All else that does has diverged, which the next evaluation tells.
    let most = if experiment.model.tails() == Tails::Heavy { 12 } else { 0 };
    let beyond = |session: &mut Session| session.samples(64, 1.0).iter().filter(|v| !v.is_finite()).count();
    if beyond(&mut session) > most {
        let left = EVALUATE_EVERY - session.step_count() % EVALUATE_EVERY;
        if let Err(error) = session.train(left) {
            check_sentence(&error);
        }
        let count = beyond(&mut session);
        assert!(count <= most, "{count} of 128 numbers of samples are none after an evaluation");
    }
    if session.target().dim() != 2 || silent {
        return;
    }
    let window = Window::square(0.0, 0.0, 4.0);
    let field = session.density_field(&window, 12, 1.0).unwrap();
    // No number is no density either.
    let wrong = field.iter().find(|v| v.is_nan() || **v < 0.0);
    assert_eq!(wrong, None, "no density");
}

#[test]
fn each_runs_or_ends_in_a_sentence() {
    let wanted = std::env::var("RANDOM_EXPERIMENTS").ok().and_then(|text| text.parse().ok());
    let (mut counts, mut failed) = (Counts::default(), Vec::new());
    for seed in 0..wanted.unwrap_or(COUNT) {
        let mut random = Philox::new(seed, Stream::HeldOut { row: 1 });
        // Every fourth learns a table.
        let mut experiment = if seed % 4 == 3 { of_table(&mut random) } else { right(&mut random) };
        if chance(3, &mut random) {
            for _ in 0..=random.below(2) {
                spoil(&mut experiment, &mut random);
            }
        }
        let steps = *pick(&[1, 3, 3, 51], &mut random);
        let text = experiment.to_string();
        let lived =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| live(&text, steps, &mut counts)));
        if lived.is_err() {
            failed.push(seed);
            eprintln!("seed {seed}, {steps} steps: {}", text.get(..1500).unwrap_or(&text));
        }
    }
    println!("{counts:?}");
    assert!(failed.is_empty(), "these seeds, see above: {failed:?}");
    // Were all of them refused, nothing else would be tested.
    assert!(counts.trained > counts.refused && counts.refused > 0, "{counts:?}");
}
