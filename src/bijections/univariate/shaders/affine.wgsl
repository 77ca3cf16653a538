// Shift and scale, theta = (mu, a), with a bounded log-scale alpha = a / (1 + |a| INVERSE_BOUND). See
// src/bijections/univariate/affine.rs: the shift is in units of the base where BASE_SHIFT, else in those of the data.

fn NAME_shrink(a: vec4<f32>) -> vec4<f32> {
  return 1.0 / (1.0 + abs(a) * INVERSE_BOUND);
}

fn NAME_forward(theta: u32, u: vec4<f32>) -> Moved {
  let mu = scratch[theta];
  let a = scratch[theta + COLUMNS];
  let alpha = a * NAME_shrink(a);
  if (BASE_SHIFT) { return Moved((u + mu) * exp(alpha), alpha); }
  return Moved(u * exp(alpha) + mu, alpha);
}

fn NAME_inverse(theta: u32, x: vec4<f32>) -> Moved {
  let mu = scratch[theta];
  let a = scratch[theta + COLUMNS];
  let alpha = a * NAME_shrink(a);
  if (BASE_SHIFT) { return Moved(x * exp(-alpha) - mu, -alpha); }
  return Moved((x - mu) * exp(-alpha), -alpha);
}

fn NAME_pull_forward(theta: u32, u: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  let mu = scratch[theta];
  let a = scratch[theta + COLUMNS];
  let shrink = NAME_shrink(a);
  let scale = exp(a * shrink);
  var by_shift = g;
  var by_alpha = g * u * scale + grad_log_det;
  if (BASE_SHIFT) {
    by_shift = g * scale;
    by_alpha = g * (u + mu) * scale + grad_log_det;
  }
  scratch[into] = by_shift;
  scratch[into + COLUMNS] = by_alpha * shrink * shrink;
  return g * scale;
}

fn NAME_pull_inverse(theta: u32, x: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  let mu = scratch[theta];
  let a = scratch[theta + COLUMNS];
  let shrink = NAME_shrink(a);
  let scale = exp(-a * shrink);
  var by_shift = -g * scale;
  var by_alpha = -g * (x - mu) * scale - grad_log_det;
  if (BASE_SHIFT) {
    by_shift = -g;
    by_alpha = -g * x * scale - grad_log_det;
  }
  scratch[into] = by_shift;
  scratch[into + COLUMNS] = by_alpha * shrink * shrink;
  return g * scale;
}
