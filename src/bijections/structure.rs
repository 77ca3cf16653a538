//! Who may read whom: the one difference between autoregressive and coupling layers.

/// The dependency structure of a [`Conditioned`](super::Conditioned) transform.
///
/// Every variable has a rank; the parameters of a transformed variable may depend on the read variables
/// of lower rank only. Autoregressive: all ranks differ, all variables are transformed. Coupling: the
/// identity half has rank 0 and passes through, the other half has rank 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    rank: Vec<usize>,
    transformed: Vec<usize>,
    read: Vec<usize>,
    autoregressive: bool,
}

impl Structure {
    /// Variables are transformed one after the other, each reading all before it. `ordering` lists the
    /// variables in the order in which they are generated: `[1, 0]` is p(x2) p(x1 | x2).
    ///
    /// ```
    /// use density_playground::bijections::Structure;
    /// assert_eq!(Structure::autoregressive(&[2, 0, 1]).rank(), [1, 2, 0]);
    /// ```
    pub fn autoregressive(ordering: &[usize]) -> Self {
        let mut rank = vec![0; ordering.len()];
        for (place, &variable) in ordering.iter().enumerate() {
            rank[variable] = place;
        }
        let all: Vec<usize> = (0..ordering.len()).collect();
        Self { rank, transformed: all.clone(), read: all, autoregressive: true }
    }

    /// The variables of `identity` pass through and are read; all others are transformed.
    pub fn coupling(dim: usize, identity: &[usize]) -> Self {
        let rank: Vec<usize> = (0..dim).map(|i| usize::from(!identity.contains(&i))).collect();
        let with = |r: usize| (0..dim).filter(|&i| rank[i] == r).collect::<Vec<_>>();
        let (read, transformed) = (with(0), with(1));
        Self { rank, transformed, read, autoregressive: false }
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.rank.len()
    }

    /// The rank of each variable.
    pub fn rank(&self) -> &[usize] {
        &self.rank
    }

    /// The ordering of an autoregressive structure: the variables by rank.
    pub fn ordering(&self) -> Vec<usize> {
        let mut ordering = vec![0; self.dim()];
        self.rank.iter().enumerate().for_each(|(variable, &place)| ordering[place] = variable);
        ordering
    }

    /// The variables that are transformed, ascending.
    pub fn transformed(&self) -> &[usize] {
        &self.transformed
    }

    /// The variables that the conditioner reads, ascending.
    pub fn read(&self) -> &[usize] {
        &self.read
    }

    /// True where every variable has a rank of its own.
    pub fn is_autoregressive(&self) -> bool {
        self.autoregressive
    }

    /// The ranks at which something is transformed, ascending: D of them, or one for coupling.
    pub fn stages(&self) -> std::ops::Range<usize> {
        if self.autoregressive { 0..self.dim() } else { 1..2 }
    }

    /// The places in [`Self::transformed`] of the variables of one rank.
    pub fn of_rank(&self, rank: usize) -> impl Iterator<Item = usize> {
        (0..self.transformed.len()).filter(move |&j| self.rank[self.transformed[j]] == rank)
    }
}
