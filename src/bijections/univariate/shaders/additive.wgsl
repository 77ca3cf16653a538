// A shift: x = u + mu, theta = mu. See src/bijections/univariate/additive.rs.

fn NAME_forward(theta: u32, u: vec4<f32>) -> Moved {
  return Moved(u + scratch[theta], vec4<f32>());
}

fn NAME_inverse(theta: u32, x: vec4<f32>) -> Moved {
  return Moved(x - scratch[theta], vec4<f32>());
}

fn NAME_pull_forward(theta: u32, u: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  scratch[into] = g;
  return g;
}

fn NAME_pull_inverse(theta: u32, x: vec4<f32>, g: vec4<f32>, grad_log_det: vec4<f32>, into: u32) -> vec4<f32> {
  scratch[into] = -g;
  return g;
}
