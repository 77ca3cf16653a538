// A Laplace density: mean and log-width.

fn NAME_density(x: f32) -> vec3<f32> {
  let log_width = NAME_bounded(own[1]).x;
  let z = (x - own[0]) * exp(-log_width);
  return vec3<f32>(-abs(z) - LN_2 - log_width, -abs(z) - LN_2, select(1.0, -1.0, z > 0.0));
}

fn NAME_bracket(u: f32) -> vec2<f32> {
  let width = exp(NAME_bounded(own[1]).x);
  let far = -(log_lower_tail(-abs(u)) + LN_2) * width;
  let x = own[0] + select(-far, far, u > 0.0);
  let room = 1e-5 * (width + abs(x));
  return vec2<f32>(x - room, x + room);
}

fn NAME_by_theta(x: f32, tail: vec3<f32>, log_scale: f32) -> f32 {
  let width = NAME_bounded(own[1]);
  let sharpness = exp(-width.x);
  let z = (x - own[0]) * sharpness;
  let density = exp(tail.x - log_scale);
  by_theta[0] = vec2<f32>(-density, sign(z) * sharpness);
  by_theta[1] = vec2<f32>(-density * (x - own[0]), abs(z) - 1.0) * width.y;
  return -sign(z) * sharpness;
}
