// A draw from CENTRES round Gaussians; the centres are in the table. See src/targets/mixture.rs.

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let centre = table[below(random, CENTRES)].xy;
  let first = normal_draw(random);
  return centre + DEVIATION * vec2<f32>(first, normal_draw(random));
}
