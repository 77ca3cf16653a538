// A map that is easier from data to base, u = f(x; theta), as a map with both directions and gradients: what
// src/bijections/univariate/monotone.rs does. NAME_map, NAME_invert and NAME_derivatives take one point, whose COUNT parameters
// are in `own`; derivatives leave (du/dtheta, d ln(du/dx)/dtheta) in `by_theta`.

fn NAME_gather(theta: u32, point: u32) {
  for (var p = 0u; p < COUNT; p++) { own[p] = scratch[theta + p * COLUMNS][point]; }
  NAME_prepare();
}

fn NAME_inverse(theta: u32, x: vec4<f32>) -> Moved {
  var moved: Moved;
  for (var point = 0u; point < 4u; point++) {
    NAME_gather(theta, point);
    let mapped = NAME_map(x[point]);
    moved.value[point] = mapped.x;
    moved.log_det[point] = mapped.y;
  }
  return moved;
}

fn NAME_forward(theta: u32, u: vec4<f32>) -> Moved {
  var moved: Moved;
  for (var point = 0u; point < 4u; point++) {
    NAME_gather(theta, point);
    let x = NAME_invert(u[point]);
    moved.value[point] = x;
    moved.log_det[point] = -NAME_map(x).y;
  }
  return moved;
}

fn NAME_pull(theta: u32, input: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32, forward: bool) -> vec4<f32> {
  var rows: array<vec4<f32>, COUNT>;
  var result: vec4<f32>;
  for (var point = 0u; point < 4u; point++) {
    NAME_gather(theta, point);
    var x = input[point];
    if (forward) { x = NAME_invert(x); }
    let at = NAME_derivatives(x);
    var along = g[point];
    var across = grad_log_det[point];
    if (forward) {
      let h = (along - across * at.y) * exp(-at.x);
      result[point] = h;
      along = -h;
      across = -across;
    } else {
      result[point] = along * exp(at.x) + across * at.y;
    }
    for (var p = 0u; p < COUNT; p++) { rows[p][point] = along * by_theta[p].x + across * by_theta[p].y; }
  }
  for (var p = 0u; p < COUNT; p++) { scratch[into + p * COLUMNS] = rows[p]; }
  return result;
}

fn NAME_pull_forward(theta: u32, u: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  return NAME_pull(theta, u, g, grad_log_det, into, true);
}

fn NAME_pull_inverse(theta: u32, x: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  return NAME_pull(theta, x, g, grad_log_det, into, false);
}
