//! Adam (Kingma, Ba, "Adam: A method for stochastic optimization", ICLR 2015, algorithm 1), with decoupled weight decay (Loshchilov,
//! Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2).

use crate::math::Scalar;

/// First and second moments of the gradient, with their decays beta_1 and beta_2; epsilon = 1e-8.
#[derive(Clone, Debug)]
pub struct Adam<T> {
    first: Vec<T>,
    second: Vec<T>,
    steps: i32,
    betas: [f64; 2],
}

const EPSILON: f64 = 1e-8;

impl<T: Scalar> Adam<T> {
    /// The decays of the paper.
    pub const BETAS: [f64; 2] = [0.9, 0.999];

    /// Moments of zero for that many parameters.
    pub fn new(parameters: usize) -> Self {
        let moments = || vec![T::zero(); parameters];
        Self { first: moments(), second: moments(), steps: 0, betas: Self::BETAS }
    }

    /// The same with other decays.
    #[must_use]
    pub fn with_betas(self, betas: [f64; 2]) -> Self {
        Self { betas, ..self }
    }

    /// The same decays, with moments of zero.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.first.len()).with_betas(self.betas)
    }

    /// Takes over moments, first and second, after so many steps: what [`Self::moments`] gave.
    pub fn resume(&mut self, first: &[T], second: &[T], steps: u32) {
        self.first.copy_from_slice(first);
        self.second.copy_from_slice(second);
        self.steps = steps as i32;
    }

    /// First and second moments, and the steps taken.
    pub fn moments(&self) -> (&[T], &[T], u32) {
        (&self.first, &self.second, self.steps as u32)
    }

    /// One step against `gradient`, in place; `decay` times the rate is what each parameter loses of itself.
    ///
    /// ```
    /// use density_playground::nn::Adam;
    /// let mut x = [1.0];
    /// Adam::new(1).step(&mut x, &[123.0], 0.1, 0.0); // the first step has the length of the rate
    /// assert!((x[0] - 0.9_f64).abs() < 1e-9);
    /// ```
    pub fn step(&mut self, parameters: &mut [T], gradient: &[T], learning_rate: f64, decay: f64) {
        self.steps = self.steps.saturating_add(1);
        let correction = |beta: f64| 1.0 - beta.powi(self.steps);
        let kept = T::of_f64(1.0 - learning_rate * decay);
        let rate = T::of_f64(learning_rate / correction(self.betas[0]));
        let root_correction = T::of_f64(1.0 / correction(self.betas[1]).sqrt());
        let [b1, b2] = self.betas.map(T::of_f64);
        let epsilon = T::of_f64(EPSILON);
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((p, &g), (m, v)) in parameters.iter_mut().zip(gradient).zip(moments) {
            *m = b1 * *m + (T::one() - b1) * g;
            *v = b2 * *v + (T::one() - b2) * g * g;
            *p = kept * *p - rate * *m / (v.sqrt() * root_correction + epsilon);
        }
    }
}
