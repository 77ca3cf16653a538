// See src/targets/checkerboard.rs.

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let a = 4.0 * uniform_draw(random) - 2.0;
  let row = select(2.0, 0.0, uniform_draw(random) < 0.5);
  let column = floor(a);
  let b = uniform_draw(random) - row + (column - 2.0 * floor(0.5 * column));
  return 2.0 * vec2<f32>(a, b);
}
