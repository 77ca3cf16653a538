//! Numerical integration.

/// Nodes and weights of the Gauss-Legendre rule with `count` nodes on `[from, to]`, exact for
/// polynomials of degree `2 count - 1`. Nodes by Newton's method from Tricomi's first guess.
///
/// ```
/// use density_playground::math::quadrature::gauss_legendre;
/// let integral: f64 = gauss_legendre(20, 0.0, 1.0).iter().map(|(x, w)| w * x.exp()).sum();
/// assert!((integral - (1f64.exp() - 1.0)).abs() < 1e-14);
/// ```
pub fn gauss_legendre(count: usize, from: f64, to: f64) -> Vec<(f64, f64)> {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let n = count as f64;
    (0..count)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut p, mut previous) = (1.0, 0.0);
                for degree in 0..count {
                    let k = degree as f64;
                    (p, previous) = (((2.0 * k + 1.0) * x * p - k * previous) / (k + 1.0), p);
                }
                slope = n * (x * p - previous) / (x * x - 1.0);
                let step = p / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (middle - half * x, half * 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// The square or rectangle that a field is evaluated on: `x1` from `x_min` to `x_max`, `x2` from
/// `y_min` to `y_max`.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Window {
    /// Least x1.
    pub x_min: f64,
    /// Greatest x1.
    pub x_max: f64,
    /// Least x2.
    pub y_min: f64,
    /// Greatest x2.
    pub y_max: f64,
}

impl Window {
    /// A square centred on `(x, y)`.
    pub const fn square(x: f64, y: f64, half: f64) -> Self {
        Self { x_min: x - half, x_max: x + half, y_min: y - half, y_max: y + half }
    }

    /// Area in the target's own units, squared.
    pub fn area(&self) -> f64 {
        (self.x_max - self.x_min) * (self.y_max - self.y_min)
    }

    /// The centres of a `resolution` by `resolution` grid of cells, row-major points `(x1, x2)`,
    /// row by row from the least x2, each row from the least x1.
    pub fn cell_centres(&self, resolution: usize) -> Vec<f64> {
        let step = |min: f64, max: f64, i: usize| min + (max - min) * (i as f64 + 0.5) / resolution as f64;
        let mut points = Vec::with_capacity(2 * resolution * resolution);
        for row in 0..resolution {
            for column in 0..resolution {
                points.push(step(self.x_min, self.x_max, column));
                points.push(step(self.y_min, self.y_max, row));
            }
        }
        points
    }

    /// The integral over the window of `exp(log_density)` by the midpoint rule.
    pub fn integrate(&self, resolution: usize, mut integrand: impl FnMut(f64, f64) -> f64) -> f64 {
        let sum: f64 = self.cell_centres(resolution).chunks_exact(2).map(|p| integrand(p[0], p[1])).sum();
        sum * self.area() / (resolution * resolution) as f64
    }
}
