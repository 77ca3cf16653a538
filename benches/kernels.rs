//! `cargo bench`: the products at the shapes of training, beside the machine's peak; activations; the fused affine step; one training
//! step of each family. What is counted as items are floating-point operations (or values, where a line says so): Gitem/s is GFLOP/s.

use density_playground::bijections::Direction;
use density_playground::bijections::univariate::{Affine, Shift, Univariate};
use density_playground::math::kernel;
use density_playground::models::Family;
use density_playground::models::catalogue::compositions;
use density_playground::nn::Activation;
use density_playground::targets::TargetSpec;
use density_playground::{Experiment, Session};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// (outputs, inputs) of the layers of a conditioner in two dimensions.
const SHAPES: [(usize, usize); 4] = [(64, 64), (64, 1), (2, 64), (128, 128)];
/// Points of a tile.
const TILE: usize = 128;

fn values(count: usize) -> Vec<f32> {
    (0..count).map(|i| (i * 7919 % 1009) as f32 / 504.5 - 1.0).collect()
}

fn flops((outputs, inputs): (usize, usize)) -> ItemsCount {
    ItemsCount::new(2 * outputs * inputs * TILE)
}

/// Independent fused multiply-adds in registers: what no kernel can pass.
#[divan::bench]
fn peak(bencher: Bencher<'_, '_>) {
    const SUMS: usize = 12;
    const ROUNDS: usize = 10_000;
    #[inline(always)]
    fn chains<const N: usize>(a: f32, b: f32) -> f32 {
        let mut sums = [[0.0f32; N]; SUMS];
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                for lane in sum {
                    *lane = a.mul_add(*lane, b);
                }
            }
        }
        sums.iter().flatten().sum()
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    fn sixteen(a: f32, b: f32) -> f32 {
        chains::<16>(a, b)
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    fn eight(a: f32, b: f32) -> f32 {
        chains::<8>(a, b)
    }
    #[cfg(target_arch = "x86_64")]
    let (lanes, run): (usize, fn(f32, f32) -> f32) = if is_x86_feature_detected!("avx512f") {
        #[allow(unsafe_code, reason = "the machine was just asked for these vectors")]
        (16, |a, b| unsafe { sixteen(a, b) })
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        #[allow(unsafe_code, reason = "the machine was just asked for these vectors")]
        (8, |a, b| unsafe { eight(a, b) })
    } else {
        (4, chains::<4>)
    };
    #[cfg(not(target_arch = "x86_64"))]
    let (lanes, run) = (4, chains::<4>);
    let bencher = bencher.counter(ItemsCount::new(2 * SUMS * ROUNDS * lanes));
    bencher.bench_local(|| run(black_box(0.9), black_box(0.1)));
}

#[divan::bench(args = SHAPES.map(Shape))]
fn affine(bencher: Bencher<'_, '_>, Shape((outputs, inputs)): Shape) {
    let (weight, bias, input) = (values(outputs * inputs), values(outputs), values(inputs * TILE));
    let mut output = vec![0.0; outputs * TILE];
    bencher
        .counter(flops((outputs, inputs)))
        .bench_local(|| kernel::affine(&weight, &bias, None, true, black_box(&input), &mut output, TILE));
}

#[divan::bench(args = SHAPES.map(Shape))]
fn input_gradient(bencher: Bencher<'_, '_>, Shape((outputs, inputs)): Shape) {
    let (weight, grad, gate) = (values(outputs * inputs), values(outputs * TILE), values(inputs * TILE));
    let mut into = vec![0.0; inputs * TILE];
    bencher.counter(flops((outputs, inputs))).bench_local(|| {
        kernel::input_gradient(&weight, None, black_box(&grad), Some(&gate), &mut into, TILE);
    });
}

#[divan::bench(args = SHAPES.map(Shape))]
fn weight_gradient(bencher: Bencher<'_, '_>, Shape((outputs, inputs)): Shape) {
    let (input, grad) = (values(inputs * TILE), values(outputs * TILE));
    let (mut weight, mut bias) = (vec![0.0; outputs * inputs], vec![0.0; outputs]);
    bencher.counter(flops((outputs, inputs))).bench_local(|| {
        kernel::add_weight_gradient(black_box(&grad), None, &input, &mut weight, &mut bias, TILE);
    });
}

/// A shape as a name of a benchmark.
#[derive(Clone, Copy)]
struct Shape((usize, usize));

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.0.0, self.0.1)
    }
}

/// Items are values.
#[divan::bench(args = [Activation::Relu, Activation::Tanh])]
fn activation(bencher: Bencher<'_, '_>, activation: Activation) {
    let mut hidden = values(64 * TILE);
    bencher.counter(ItemsCount::new(hidden.len())).bench_local(|| activation.apply(black_box(&mut hidden)));
}

/// Items are values.
#[divan::bench(args = [Direction::Inverse, Direction::Forward])]
fn affine_step(bencher: Bencher<'_, '_>, direction: Direction) {
    let map = Affine::trained(Shift::Base);
    let theta: Vec<f32> = values(2 * TILE).iter().map(|v| 1e-3 * v).collect();
    let (mut points, mut log_det) = (values(TILE), vec![0.0; TILE]);
    bencher
        .counter(ItemsCount::new(TILE))
        .bench_local(|| map.map(direction, black_box(&theta), &mut points, &mut log_det));
}

/// A step at the family's own defaults, batch 512. No items.
#[divan::bench(args = compositions().map(|row| row.family), sample_count = 20, sample_size = 5)]
fn training_step(bencher: Bencher<'_, '_>, family: Family) {
    let mut experiment = Experiment { target: TargetSpec::TwoMoons, ..Experiment::default() };
    experiment.model.family = family;
    experiment.model.layers = family.row().default_layers;
    let mut session = Session::new(experiment).expect("a family's defaults are valid");
    bencher.bench_local(|| session.train(1));
}
