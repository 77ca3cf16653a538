// A smooth surface through a grid of log densities, SIDE x SIDE of them in the table. See src/targets/smoothed.rs.

const SURFACE_FALL = 2.0;

fn surface_value(row: i32, column: i32) -> f32 {
  let last = i32(SURFACE_SIDE) - 1;
  let cell = u32(clamp(row, 0, last)) * SURFACE_SIDE + u32(clamp(column, 0, last));
  return table[SCORE_TABLE + cell / 4u][cell % 4u];
}

fn target_log_density_far(x: vec2<f32>) -> vec3<f32> {
  let place = (x - SURFACE_LEAST) / SURFACE_CELL - 0.5;
  let inside = clamp(place, vec2<f32>(0.0), vec2<f32>(f32(SURFACE_SIDE) - 1.0));
  let off = (place - inside) / SURFACE_FALL;
  let base = min(floor(inside), vec2<f32>(f32(SURFACE_SIDE) - 2.0));
  var weights: array<vec4<f32>, 2>;
  var slopes: array<vec4<f32>, 2>;
  for (var i = 0u; i < 2u; i++) {
    let t = inside[i] - base[i];
    let t2 = t * t;
    let t3 = t2 * t;
    weights[i] = 0.5 * vec4<f32>(-t + 2.0 * t2 - t3, 2.0 - 5.0 * t2 + 3.0 * t3, t + 4.0 * t2 - 3.0 * t3, t3 - t2);
    let along = 0.5 * vec4<f32>(-1.0 + 4.0 * t - 3.0 * t2, -10.0 * t + 9.0 * t2, 1.0 + 8.0 * t - 9.0 * t2,
      3.0 * t2 - 2.0 * t);
    slopes[i] = select(vec4<f32>(), along / SURFACE_CELL, place[i] == inside[i]);
  }
  var value = 0.0;
  var gradient = vec2<f32>();
  for (var row = 0u; row < 4u; row++) {
    for (var column = 0u; column < 4u; column++) {
      let v = surface_value(i32(base.y) + i32(row) - 1, i32(base.x) + i32(column) - 1);
      value += weights[0][column] * weights[1][row] * v;
      gradient += vec2<f32>(slopes[0][column] * weights[1][row], weights[0][column] * slopes[1][row]) * v;
    }
  }
  return vec3<f32>(value - 0.5 * dot(off, off), gradient - off / (SURFACE_FALL * SURFACE_CELL));
}
