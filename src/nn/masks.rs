//! Masks that make a network autoregressive (Germain, Gregor, Murray, Larochelle, "MADE: Masked
//! autoencoder for distribution estimation", ICML 2015). The only place that knows how degrees
//! become masks.

use rand::RngExt;

use crate::math::Philox;

/// One mask for each linear layer, row-major `(out, in)`; `true` where an edge exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masks {
    /// The masks, first layer first.
    pub layers: Vec<Vec<bool>>,
    /// The degree of every hidden unit, layer by layer: a unit of degree m reads variables of rank
    /// below m only. Empty for masks that came from a file.
    pub hidden_degrees: Vec<Vec<usize>>,
}

impl Masks {
    /// Masks for `rank.len()` input variables and `parameters[i]` outputs of variable i, grouped by
    /// variable, so that the outputs of a variable read only variables of strictly lower rank.
    ///
    /// `rank[i]` is the place of variable `i` in the ordering, from 0. Hidden degrees rise evenly from 1
    /// to `rank.len() - 1` across a layer, which serves any layer size: a narrow layer still spans the
    /// ranks, a wide one gives each rank its share.
    ///
    /// ```
    /// use density_playground::nn::Masks;
    /// let masks = Masks::autoregressive(&[0, 1], &[3], &[1, 1]);
    /// // Hidden units read x1 only; the output of x1 reads none of them, that of x2 all.
    /// assert_eq!(masks.layers[0], [true, false, true, false, true, false]);
    /// assert_eq!(masks.layers[1], [false, false, false, true, true, true]);
    /// ```
    pub fn autoregressive(rank: &[usize], hidden: &[usize], parameters: &[usize]) -> Self {
        let dim = rank.len();
        let degrees = |&units: &usize| (0..units).map(|unit| 1 + unit * (dim - 1) / units).collect();
        Self::with_degrees(rank, hidden.iter().map(degrees).collect(), parameters)
    }

    /// The same with hidden degrees that are drawn, as the paper does it: uniformly from the least degree of the layer below
    /// to `rank.len() - 1` (Germain et al., section 4.1), sorted for the drawing.
    pub fn sampled(rank: &[usize], hidden: &[usize], parameters: &[usize], random: &mut Philox) -> Self {
        let mut least = 1;
        let mut hidden_degrees = Vec::with_capacity(hidden.len());
        for &units in hidden {
            let span = rank.len() - least;
            let draw = |_| random.random_range(least..least + span);
            let mut degrees: Vec<usize> = (0..units).map(draw).collect();
            degrees.sort_unstable();
            least = degrees.first().copied().unwrap_or(least);
            hidden_degrees.push(degrees);
        }
        Self::with_degrees(rank, hidden_degrees, parameters)
    }

    /// Masks for given degrees of the hidden units, each from 1 to `rank.len() - 1`.
    pub fn with_degrees(rank: &[usize], hidden_degrees: Vec<Vec<usize>>, parameters: &[usize]) -> Self {
        let inputs: Vec<usize> = rank.iter().map(|r| r + 1).collect();
        let mut layers = Vec::with_capacity(hidden_degrees.len() + 1);
        let mut below = &inputs;
        for degrees in &hidden_degrees {
            layers.push(mask(degrees, below, |unit, read| unit >= read));
            below = degrees;
        }
        let outputs: Vec<usize> =
            inputs.iter().zip(parameters).flat_map(|(&d, &n)| std::iter::repeat_n(d, n)).collect();
        layers.push(mask(&outputs, below, |output, read| output > read));
        Self { layers, hidden_degrees }
    }
}

fn mask(above: &[usize], below: &[usize], reads: impl Fn(usize, usize) -> bool) -> Vec<bool> {
    above.iter().flat_map(|&a| below.iter().map(move |&b| (a, b))).map(|(a, b)| reads(a, b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Multiplying the masks out leaves a path from variable j to an output of i only where j comes
        /// before i; and with enough hidden units every such path is there.
        #[test]
        fn paths_follow_the_ordering(
            dim in 2usize..9, hidden in proptest::collection::vec(1usize..20, 1..4), seed in 0u32..1000
        ) {
            use crate::math::Stream;
            let rank = Philox::new(seed, Stream::LayerOrdering { layer: 0 }).permutation(dim);
            let mut random = Philox::new(seed, Stream::LayerOrdering { layer: 1 });
            let drawn = Masks::sampled(&rank, &hidden, &vec![2; dim], &mut random);
            prop_assert!(drawn.hidden_degrees.iter().flatten().all(|d| (1..dim).contains(d)));
            let masks = Masks::autoregressive(&rank, &hidden, &vec![2; dim]);
            for (masks, complete) in [(masks, true), (drawn, false)] {
            let mut sizes = vec![dim];
            sizes.extend(&hidden);
            sizes.push(2 * dim);
            // paths[unit][variable], layer by layer
            let mut paths: Vec<Vec<bool>> =
                (0..dim).map(|i| (0..dim).map(|j| i == j).collect()).collect();
            for (layer, mask) in masks.layers.iter().enumerate() {
                let inputs = sizes[layer];
                paths = (0..sizes[layer + 1]).map(|o| (0..dim).map(|v| {
                    (0..inputs).any(|i| mask[o * inputs + i] && paths[i][v])
                }).collect()).collect();
            }
            let wide = complete && hidden.iter().all(|&units| units >= dim - 1);
            for i in 0..dim {
                for j in 0..dim {
                    for parameter in 0..2 {
                        let path = paths[2 * i + parameter][j];
                        prop_assert!(!path || rank[j] < rank[i]);
                        prop_assert!(path || !wide || rank[j] >= rank[i]);
                    }
                }
            }
            }
        }
    }
}
