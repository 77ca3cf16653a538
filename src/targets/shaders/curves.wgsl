// A draw from one of two curves, blurred. See src/targets/curves.rs; `curve` is the file beside this one.

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let arm = below(random, 2u);
  let point = curve(arm, uniform_draw(random));
  let first = normal_draw(random);
  return point + DEVIATION * vec2<f32>(first, normal_draw(random));
}
