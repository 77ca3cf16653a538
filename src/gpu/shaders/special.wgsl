// Functions that WGSL has not, or promises too few digits of (its sine may be off by 2^-11).

const LN_2PI = 1.8378770664093453;
const LN_2 = 0.6931471805599453;
const TAU = 6.283185307179586;
const PI = 3.141592653589793;

// (cos, sin) of a number of whole turns, to single precision.
fn turn(turns: f32) -> vec2<f32> {
  let quarters = 4.0 * (turns - floor(turns));
  let nearest = floor(quarters + 0.5);
  let r = (quarters - nearest) * 1.5707963267948966;
  let r2 = r * r;
  let sine = r * (1.0 + r2 * (-1.6666667e-1 + r2 * (8.3333333e-3 + r2 * (-1.9841270e-4 + r2 * 2.7557319e-6))));
  let cosine = 1.0 + r2 * (-0.5 + r2 * (4.1666667e-2 + r2 * (-1.3888889e-3 + r2 * 2.4801587e-5)));
  switch (u32(nearest) & 3u) {
    case 0u: { return vec2<f32>(cosine, sine); }
    case 1u: { return vec2<f32>(-sine, cosine); }
    case 2u: { return vec2<f32>(-cosine, -sine); }
    default: { return vec2<f32>(sine, -cosine); }
  }
}

// ln u for u in (0, 1): by its series near 1, where the built-in one has an absolute error.
fn log_of_uniform(u: f32) -> f32 {
  let v = 1.0 - u;
  let series = -v * (1.0 + v * (0.5 + v * (0.33333333 + v * (0.25 + v * (0.2 + v * 0.16666667)))));
  return select(log(u), series, v < 0.06);
}

fn hyperbolic_tangent(x: vec4<f32>) -> vec4<f32> {
  return 1.0 - 2.0 / (exp(min(2.0 * x, vec4<f32>(80.0))) + 1.0);
}

fn is_finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn log_normal_density(z: f32) -> f32 {
  return -0.5 * (z * z + LN_2PI);
}

// ln(1 + x) for x >= 0.
fn log_of_one_and(x: f32) -> f32 {
  let series = x * (1.0 + x * (-0.5 + x * (0.33333333 + x * (-0.25 + x * (0.2 - x * 0.16666667)))));
  return select(log(1.0 + x), series, x < 0.06);
}

// ln Phi(z) for z <= 0, by the Chebyshev fit of the complementary error function in Press et al., "Numerical recipes",
// section 6.2 (relative error 1.2e-7), whose logarithm does not underflow.
fn log_lower_tail(z: f32) -> f32 {
  let y = -z * 0.7071067811865476;
  let t = 1.0 / (1.0 + 0.5 * y);
  let fit = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
    + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  return log(t) - y * y + fit - LN_2;
}

// ln Phi(z).
fn log_normal_cdf(z: f32) -> f32 {
  let tail = log_lower_tail(-abs(z));
  return select(tail, log(1.0 - exp(tail)), z > 0.0);
}

// The z at which ln Phi(z) is `log_probability`, at most ln 1/2: Abramowitz and Stegun 26.2.23, then Newton's method.
fn normal_quantile_of_log(log_probability: f32) -> f32 {
  let bounded = min(log_probability, -LN_2);
  let t = sqrt(-2.0 * bounded);
  var z = -(t - (2.515517 + t * (0.802853 + t * 0.010328))
    / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (var i = 0u; i < 3u; i++) {
    let at = log_lower_tail(min(z, 0.0));
    z += (bounded - at) * exp(at - log_normal_density(z));
  }
  return z;
}

fn log_add(a: f32, b: f32) -> f32 {
  let most = max(a, b);
  return most + log(exp(a - most) + exp(b - most));
}
