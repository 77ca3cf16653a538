//! Two samples pooled and divided again by chance: what a distance between them is when there is nothing between them.

use crate::math::{Philox, Stream};

/// Blocks that a sample is divided into, at most.
const BLOCKS: usize = 200;

/// Two samples in blocks of consecutive points, which change places as wholes. Points are independent of each other, so blocks of
/// them are as exchangeable as they are, and there are far fewer.
pub struct Blocks {
    /// Points of a block.
    pub size: usize,
    /// Blocks of the first sample.
    pub first: usize,
    /// Blocks of both.
    pub all: usize,
}

impl Blocks {
    /// Of samples of so many points. What fills no block is left over.
    pub fn new(first: usize, second: usize) -> Self {
        let size = first.max(second).div_ceil(BLOCKS).max(1);
        Self { size, first: first / size, all: first / size + second / size }
    }

    /// For each block whether it is of the first sample, as it is.
    pub fn as_they_are(&self) -> Vec<bool> {
        (0..self.all).map(|block| block < self.first).collect()
    }

    /// The same after a permutation.
    pub fn permuted(&self, row: u32) -> Vec<bool> {
        let mut is_first = vec![false; self.all];
        let order = Philox::new(0, Stream::Permutation { row }).permutation(self.all);
        order[..self.first].iter().for_each(|&block| is_first[block] = true);
        is_first
    }
}
