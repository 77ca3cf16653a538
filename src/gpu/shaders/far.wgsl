// A target's own log density; REACH away and further its value at that distance, less a parabola, so that a draw that an early
// step threw far away comes back. See src/targets/smoothed.rs.

fn target_log_density_far(x: vec2<f32>) -> vec3<f32> {
  let near = clamp(x, vec2<f32>(-REACH), vec2<f32>(REACH));
  let at = target_log_density(near);
  let off = (x - near) / REACH;
  return vec3<f32>(at.x - 0.5 * dot(off, off), select(at.yz, -off / REACH, off != vec2<f32>()));
}
