//! Which weights of a matrix are there: what its products may leave out.

use super::Real;

/// Where the edges of one masked layer are, as spans: what the products may skip.
///
/// Degrees that rise across a layer make every output's inputs one span, from the first to the last edge; where they don't, a
/// span holds the edges and some cut ones.
#[derive(Clone, Debug)]
pub struct Edges {
    read_by_outputs: Vec<(u32, u32)>,
    readers_of_inputs: Vec<(u32, u32)>,
    /// The mask itself where a span holds a cut edge.
    scattered: Option<Vec<bool>>,
}

impl Edges {
    /// The spans of a mask `(out, inputs)`; `None` where nothing is cut.
    pub fn new(mask: &[bool], inputs: usize) -> Option<Self> {
        if mask.iter().all(|&there| there) {
            return None;
        }
        let outputs = mask.len() / inputs;
        let span = |count: usize, there: &dyn Fn(usize) -> bool| {
            let low = (0..count).find(|&i| there(i)).unwrap_or(0);
            let high = (0..count).rev().find(|&i| there(i)).map_or(0, |i| i + 1);
            (low as u32, high as u32)
        };
        let row = |o: usize| span(inputs, &|i| mask[o * inputs + i]);
        let column = |i: usize| span(outputs, &|o| mask[o * inputs + i]);
        let read_by_outputs: Vec<_> = (0..outputs).map(row).collect();
        let held: u32 = read_by_outputs.iter().map(|(low, high)| high - low).sum();
        let exact = held as usize == mask.iter().filter(|&&there| there).count();
        Some(Self {
            read_by_outputs,
            readers_of_inputs: (0..inputs).map(column).collect(),
            scattered: (!exact).then(|| mask.to_vec()),
        })
    }

    /// For each output the first input that it reads, and the one after the last.
    pub fn read_by_outputs(&self) -> &[(u32, u32)] {
        &self.read_by_outputs
    }

    /// For each input the first output that reads it, and the one after the last.
    pub fn readers_of_inputs(&self) -> &[(u32, u32)] {
        &self.readers_of_inputs
    }

    /// Sets what belongs to cut edges, of `(out, inputs)` numbers, to zero.
    pub fn clear_cut<T: Real>(&self, weights: &mut [T]) {
        if let Some(mask) = &self.scattered {
            let cut = weights.iter_mut().zip(mask).filter(|(_, there)| !**there);
            return cut.for_each(|(w, _)| *w = T::zero());
        }
        let rows = weights.chunks_exact_mut(self.readers_of_inputs.len());
        for (row, &(low, high)) in rows.zip(&self.read_by_outputs) {
            row[..low as usize].fill(T::zero());
            row[high as usize..].fill(T::zero());
        }
    }
}
