//! The tables that the batteries of tests walk: every bijection, and every family at several dimensions.

use density_playground::bijections::univariate::gaussianisation::{Laplace, StudentT};
use density_playground::bijections::univariate::{
    Additive, GaussianMixture, Gaussianise, Inverted, Spline, Univariate,
};
use density_playground::bijections::{
    Affine, BatchNorm, Bijection, Conditioned, Linear, Permutation, Reads, Scaling, Shift, Standardise,
    Structure,
};
use density_playground::math::{Philox, Scalar, Stream};
use density_playground::models::{Base, Family, Flow, OrderingPolicy};
use density_playground::models::{Conditional, ModelSpec};
use density_playground::models::{
    catalogue::{StructureKind, UnivariateKind, compositions},
    compose::build,
};
use density_playground::nn::Activation;

/// The dimensions that everything is tested at.
pub const DIMENSIONS: [usize; 4] = [2, 3, 5, 8];

/// Standard normal points, row-major.
pub fn points<T: Scalar>(dim: usize, len: usize) -> Vec<T> {
    let mut random = Philox::new(42, Stream::BaseDraw { row: 0 });
    (0..dim * len).map(|_| random.normal()).collect()
}

/// An ordering that is neither ascending nor descending, for dim > 2.
pub fn ordering(dim: usize) -> Vec<usize> {
    Philox::new(8, Stream::LayerOrdering { layer: 0 }).permutation(dim)
}

/// Every univariate map with every option.
pub fn univariate() -> Vec<(&'static str, Box<dyn Univariate<f64>>)> {
    vec![
        ("additive", Box::new(Additive)),
        ("affine, shift of the data", Box::new(Affine::trained(Shift::Data))),
        ("affine, shift of the base", Box::new(Affine::trained(Shift::Base))),
        ("spline", Box::new(Inverted(Spline { bins: 5, bound: 3.0 }))),
        ("mixture", Box::new(Inverted(Gaussianise(GaussianMixture { components: 3 })))),
        ("Laplace", Box::new(Inverted(Gaussianise(Laplace)))),
        ("Student-t", Box::new(Inverted(Gaussianise(StudentT)))),
    ]
}

/// Every bijection with every option, at every dimension.
pub fn bijections() -> Vec<(String, Box<dyn Bijection<f64>>)> {
    let mut all: Vec<(String, Box<dyn Bijection<f64>>)> = Vec::new();
    for dim in DIMENSIONS {
        let order = ordering(dim);
        all.push((format!("permutation, D = {dim}"), Box::new(Permutation::new(order.clone()))));
        let deviation: Vec<f64> = (1..=dim).map(|i| 0.4 * i as f64).collect();
        let mean: Vec<f64> = (0..dim).map(|i| i as f64 - 1.0).collect();
        all.push((format!("standardise, D = {dim}"), Box::new(Standardise::new(mean, deviation))));
        all.push((format!("diagonal scaling, D = {dim}"), Box::new(Scaling::diagonal(dim))));
        all.push((format!("activation norm, D = {dim}"), Box::new(Scaling::activation_norm(dim))));
        all.push((format!("batch norm, D = {dim}"), Box::new(BatchNorm::new(dim))));
        let mut random = Philox::new(4, Stream::Rotation { layer: 0 });
        all.push((format!("linear, D = {dim}"), Box::new(Linear::random_rotation(dim, &mut random))));
        let structures = [
            ("autoregressive", Structure::autoregressive(&order)),
            ("coupling", Structure::coupling(dim, &order[..dim.div_ceil(2)])),
        ];
        for (what, structure) in structures {
            for reads in [Reads::Data, Reads::Base] {
                // An activation more, where its share of the time is small.
                let activations = [Activation::Relu, Activation::Tanh, Activation::Silu];
                for &activation in &activations[..if dim == 2 { 3 } else { 2 }] {
                    for (name, map) in univariate() {
                        let conditioned =
                            Conditioned::new(structure.clone(), vec![map], reads, &[11, 9], activation);
                        let name = format!("{what}, {name}, reads {reads:?}, {activation:?}, D = {dim}");
                        all.push((name, Box::new(conditioned)));
                    }
                }
            }
        }
        for (name, map) in univariate() {
            let nade = Conditioned::nade(&Structure::autoregressive(&order), vec![map], 7, Activation::Tanh);
            all.push((format!("NADE, {name}, D = {dim}"), Box::new(nade)));
        }
        // Another map for each variable.
        let each: Vec<_> = (0..dim).map(|i| univariate().swap_remove(i % univariate().len()).1).collect();
        let mixed =
            Conditioned::new(Structure::autoregressive(&order), each, Reads::Data, &[9], Activation::Tanh);
        all.push((format!("a map for each variable, D = {dim}"), Box::new(mixed)));
    }
    all
}

/// Every family of the catalogue, at every dimension and with every ordering policy, and every option of a family.
pub fn models<T: Scalar>() -> Vec<(String, Flow<T>, ModelSpec)> {
    let mut all = Vec::new();
    let mut add = |what: &str, spec: ModelSpec| {
        let dim = spec.ordering.len();
        let standardise = Standardise::new(vec![0.3; dim], vec![1.7; dim]);
        all.push((format!("{what}, D = {dim}"), build(&spec, Some(standardise), 4), spec));
    };
    for dim in DIMENSIONS {
        let spec = |family| ModelSpec {
            family,
            ordering: ordering(dim),
            layers: 3,
            hidden: vec![13, 10],
            activation: Activation::Tanh,
            bins: 4,
            ..ModelSpec::default()
        };
        for row in compositions() {
            for policy in [OrderingPolicy::Same, OrderingPolicy::Alternate, OrderingPolicy::Random] {
                let spec = ModelSpec { ordering_policy: policy, ..spec(row.family) };
                add(&format!("{}, {policy:?}", row.title), spec);
            }
            if row.structure == Some(StructureKind::Autoregressive) && !row.shared_weights {
                let turned = if row.reads == Reads::Data { Reads::Base } else { Reads::Data };
                add(
                    &format!("{} that reads {turned:?}", row.title),
                    ModelSpec { reads: Some(turned), ..spec(row.family) },
                );
            }
            if row.univariate == Some(UnivariateKind::Conditional) {
                for conditionals in [
                    vec![Conditional::Mixture { components: 3 }],
                    vec![Conditional::Laplace],
                    vec![Conditional::StudentT],
                ] {
                    let what = format!("{} {:?}", row.title, conditionals[0]);
                    add(&what, ModelSpec { conditionals, ..spec(row.family) });
                }
                let mut conditionals = vec![Conditional::Gaussian; dim];
                conditionals[0] = Conditional::Mixture { components: 4 };
                let what = format!("{}, the first variable a mixture", row.title);
                add(&what, ModelSpec { conditionals, ..spec(row.family) });
            }
        }
        add("RealNVP with batch norm", ModelSpec { batch_norm: true, ..spec(Family::RealNvp) });
        add("MAF on a mixture", ModelSpec { base: Base::Mixture { components: 3 }, ..spec(Family::Maf) });
        let base = Base::StudentT { degrees: 3.5 };
        add("RealNVP on a Student-t", ModelSpec { base, ..spec(Family::RealNvp) });
    }
    all
}

/// Moves parameters off their start, where many are zero or one: a gradient that is only right there is not right.
pub fn shake<T: Scalar>(parameters: &mut [T]) {
    let mut random = Philox::new(15, Stream::BaseDraw { row: 0 });
    parameters.iter_mut().for_each(|p| *p += T::of_f64(0.1) * random.normal::<T>());
}

/// A bijection's initial parameters, shaken; cut edges stay at zero.
pub fn parameters_of(bijection: &dyn Bijection<f64>) -> Vec<f64> {
    let mut parameters = vec![0.0; bijection.parameter_count()];
    bijection.initialise(&mut parameters, &mut Philox::new(3, Stream::Parameters { layer: 0 }));
    shake(&mut parameters);
    bijection.project(&mut parameters);
    parameters
}

/// A flow's initial parameters, shaken; cut edges stay at zero.
pub fn parameters_of_flow<T: Scalar>(flow: &Flow<T>) -> Vec<T> {
    let mut parameters = flow.initial_parameters(5);
    shake(&mut parameters);
    flow.project(&mut parameters);
    parameters
}

/// Pearson's chi-squared of counts against their expectations, as a normal quantile (Wilson and Hilferty: the cube root of
/// chi-squared over its freedom is nearly normal): above 3.09 is a p under 0.001. Cells in which few are expected are pooled, as
/// the test's approximation asks.
pub fn chi_squared_quantile(counts: &[f64], expected: &[f64]) -> f64 {
    let (mut chi_squared, mut freedom, mut rest) = (0.0, 0.0, (0.0, 0.0));
    for (&count, &mean) in counts.iter().zip(expected) {
        if mean < 10.0 {
            rest = (rest.0 + count, rest.1 + mean);
        } else {
            chi_squared += (count - mean).powi(2) / mean;
            freedom += 1.0;
        }
    }
    if rest.1 > 1.0 {
        chi_squared += (rest.0 - rest.1).powi(2) / rest.1;
    }
    let spread = 2.0 / (9.0 * freedom);
    ((chi_squared / freedom).cbrt() - (1.0 - spread)) / f64::sqrt(spread)
}
