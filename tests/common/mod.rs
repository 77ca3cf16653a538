//! The tables that the batteries of tests walk: every bijection, and every family at several dimensions.
#![allow(dead_code, reason = "each test binary uses the part that it needs")]

use density_playground::bijections::{
    Affine, Bijection, Masked, Permutation, Reads, Shift, Standardise, Structure,
};
use density_playground::experiment::ModelSpec;
use density_playground::math::{Philox, Scalar, Stream};
use density_playground::models::catalogue::{CATALOGUE, build};
use density_playground::models::{Flow, OrderingPolicy};
use density_playground::nn::Activation;

/// The dimensions that everything is tested at.
pub const DIMENSIONS: [usize; 4] = [2, 3, 5, 8];

/// Standard normal points, row-major.
pub fn points<T: Scalar>(dim: usize, len: usize) -> Vec<T> {
    let mut random = Philox::new(42, Stream::View, 0, 0);
    (0..dim * len).map(|_| random.normal()).collect()
}

/// An ordering that is neither ascending nor descending, for dim > 2.
pub fn ordering(dim: usize) -> Vec<usize> {
    Philox::new(8, Stream::Orderings, 0, 0).permutation(dim)
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
        let structures = [
            ("autoregressive", Structure::autoregressive(&order)),
            ("coupling", Structure::coupling(dim, &order[..dim.div_ceil(2)])),
        ];
        for (what, structure) in structures {
            for reads in [Reads::Data, Reads::Base] {
                for shift in [Shift::Data, Shift::Base] {
                    for activation in [Activation::Relu, Activation::Tanh] {
                        let elementwise = Box::new(Affine::trained(shift));
                        let structure = structure.clone();
                        let masked = Masked::new(structure, elementwise, reads, &[11, 9], activation);
                        let name =
                            format!("{what}, affine {shift:?}, reads {reads:?}, {activation:?}, D = {dim}");
                        all.push((name, Box::new(masked)));
                    }
                }
            }
        }
    }
    all
}

/// Every family of the catalogue, at every dimension and with every ordering policy.
pub fn models<T: Scalar>() -> Vec<(String, Flow<T>, ModelSpec)> {
    let mut all = Vec::new();
    for row in CATALOGUE {
        for dim in DIMENSIONS {
            for policy in [OrderingPolicy::Same, OrderingPolicy::Alternate, OrderingPolicy::Random] {
                let spec = ModelSpec {
                    family: row.family,
                    ordering: ordering(dim),
                    ordering_policy: policy,
                    layers: 3,
                    hidden: vec![13, 10],
                    activation: Activation::Tanh,
                };
                let standardise = Standardise::new(vec![0.3; dim], vec![1.7; dim]);
                let name = format!("{}, D = {dim}, {policy:?}", row.title);
                all.push((name, build(&spec, Some(standardise), 4), spec));
            }
        }
    }
    all
}
