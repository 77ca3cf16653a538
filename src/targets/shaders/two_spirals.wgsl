fn curve(arm: u32, v: f32) -> vec2<f32> {
  let turns = 1.5 * sqrt(v);
  let radius = select(-1.0, 1.0, arm == 0u) * turns * TAU / 3.0;
  return radius * turn(turns);
}
