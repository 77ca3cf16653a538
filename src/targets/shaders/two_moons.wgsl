fn curve(arm: u32, v: f32) -> vec2<f32> {
  let around = turn(0.5 * v);
  return select(vec2<f32>(1.0 - around.x, 0.5 - around.y), around, arm == 0u);
}
