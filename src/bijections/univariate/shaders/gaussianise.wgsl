// The map u = Phi^-1(F(x)) of a family of densities on the line: src/bijections/univariate/gaussianisation.rs. A family gives
// NAME_density: (ln p(x), ln of the smaller tail, its sign: 1 below, -1 above); NAME_bracket: an interval that holds the x of a u; and
// NAME_by_theta: d ln p / dx, and (dF/dtheta / phi(u), d ln p / dtheta) in `by_theta`.

fn NAME_prepare() {}

fn NAME_quantile(tail: vec3<f32>) -> f32 {
  return tail.z * normal_quantile_of_log(tail.y);
}

fn NAME_map(x: f32) -> vec2<f32> {
  let tail = NAME_density(x);
  let u = NAME_quantile(tail);
  return vec2<f32>(u, tail.x - log_normal_density(u));
}

// Newton's method, kept inside a bracket that shrinks.
fn NAME_invert(u: f32) -> f32 {
  let ends = NAME_bracket(u);
  var low = ends.x;
  var high = ends.y;
  var x = 0.5 * (low + high);
  for (var i = 0u; i < 60u; i++) {
    let at = NAME_map(x);
    if (at.x < u) { low = x; } else { high = x; }
    let newton = x - (at.x - u) * exp(-at.y);
    let inside = newton > low && newton < high;
    let next = select(0.5 * (low + high), newton, inside);
    let moved = abs(next - x);
    x = next;
    if (moved <= 2e-7 * max(abs(x), 1e-2)) { break; }
  }
  return x;
}

// du/dtheta = F_theta / phi(u); ln du/dx = ln p(x) - ln phi(u), whose derivative by u is u.
fn NAME_derivatives(x: f32) -> vec2<f32> {
  let tail = NAME_density(x);
  let u = NAME_quantile(tail);
  let by_x = NAME_by_theta(x, tail, log_normal_density(u));
  for (var p = 0u; p < COUNT; p++) { by_theta[p].y += u * by_theta[p].x; }
  let log_slope = tail.x - log_normal_density(u);
  return vec2<f32>(log_slope, by_x + u * exp(log_slope));
}

// A log-scale bounded to +-ln 1000, and its derivative.
fn NAME_bounded(raw: f32) -> vec2<f32> {
  let shrink = 1.0 / (1.0 + abs(raw) / 6.907755278982137);
  return vec2<f32>(raw * shrink, shrink * shrink);
}
