// See src/targets/funnel.rs.

const NECK = 1.5;
const WIDTH = 0.7;

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let x2 = NECK * normal_draw(random);
  return vec2<f32>(WIDTH * exp(0.5 * x2) * normal_draw(random), x2);
}

fn target_log_density(x: vec2<f32>) -> vec3<f32> {
  let sharpness = exp(-x.y) / (WIDTH * WIDTH);
  let log_density = log_normal_density(x.y / NECK) - log(NECK)
    - 0.5 * (x.x * x.x * sharpness + LN_2PI) - log(WIDTH) - 0.5 * x.y;
  return vec3<f32>(log_density, -x.x * sharpness, -x.y / (NECK * NECK) - 0.5 + 0.5 * x.x * x.x * sharpness);
}
