// One step of the reverse KL, but for Adam: draws from the base, carries them to the data, and follows log q - beta log p. See
// src/models/reverse.rs.

// Longest score of a single draw.
const STEEPEST = 1e4;

@compute @workgroup_size(THREADS)
fn train(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  let setting = runs[group.y];
  let share = f32(now.clock) / max(setting.annealed_steps, 1.0);
  let beta = min(setting.annealed_from + (1.0 - setting.annealed_from) * share, 1.0);
  let weight = 1.0 / f32(now.batch);
  var value = vec4<f32>();
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    fresh = tile == group.x;
    if (index < POINTS) {
      let row = tile * POINTS + index;
      var random = philox(setting.seed, TRAINING, now.step, row);
      for (var v = 0u; v < D; v++) {
        drawn[v * POINTS + index] = select(0.0, base_draw(&random), row < now.batch);
      }
    }
    set_points(tile, -weight);
    var log_q = vec4<f32>();
    if (index < COLUMNS) {
      for (var v = 0u; v < D; v++) { log_q += base_log_density(scratch[S + POINT + v * COLUMNS + index], 1.0); }
    }
    for (var i = 0u; i < PARTS; i++) { forward(program[group.y * PARTS + i]); }
    if (index < POINTS) {
      let x = vec2<f32>(scratch[S + POINT + index / 4u][index % 4u],
        scratch[S + POINT + COLUMNS + index / 4u][index % 4u]);
      let at = target_log_density_far(x);
      let size = length(at.yz);
      let score = at.yz * select(1.0, STEEPEST / size, size > STEEPEST);
      drawn[index] = score.x;
      drawn[POINTS + index] = score.y;
      drawn[2u * POINTS + index] = at.x;
    }
    workgroupBarrier();
    var scores: array<vec4<f32>, 2>;
    if (index < COLUMNS) {
      let points = 4u * index;
      let here = -scratch[S + VOLUME + index];
      let log_p = vec4<f32>(drawn[2u * POINTS + points], drawn[2u * POINTS + points + 1u],
        drawn[2u * POINTS + points + 2u], drawn[2u * POINTS + points + 3u]);
      for (var v = 0u; v < D; v++) {
        log_q -= scratch[S + LOG_DET + v * COLUMNS + index];
        let from_point = v * POINTS + points;
        scores[v] = -beta * here
          * vec4<f32>(drawn[from_point], drawn[from_point + 1u], drawn[from_point + 2u], drawn[from_point + 3u]);
      }
      value += select((log_q - beta * log_p) * here, vec4<f32>(), here == vec4<f32>());
    }
    meet();
    if (PATH_GRADIENT) {
      // log q as a function of x alone, its parameters held: the inverse's gradient by its input, with a tape of its own.
      for (var i = 0u; i < PARTS; i++) {
        inverse(program[group.y * PARTS + PARTS - 1u - i] + vec4<u32>(0u, 0u, TAPES, 0u));
      }
      if (index < COLUMNS) {
        let here = -scratch[S + VOLUME + index];
        scratch[S + VOLUME + index] = here;
        for (var v = 0u; v < D; v++) {
          let row = v * COLUMNS + index;
          scratch[S + GRAD + row] = base_score(scratch[S + POINT + row]) * here;
        }
      }
      meet();
      learn = false;
      for (var i = 0u; i < PARTS; i++) {
        inverse_back(program[group.y * PARTS + i] + vec4<u32>(0u, 0u, TAPES, 0u));
      }
      learn = true;
    }
    if (index < COLUMNS) {
      for (var v = 0u; v < D; v++) {
        let row = v * COLUMNS + index;
        if (PATH_GRADIENT) {
          scores[v] += scratch[S + GRAD + row];
          scratch[S + VOLUME + index] = vec4<f32>();
        }
        scratch[S + GRAD + row] = scores[v];
      }
    }
    meet();
    for (var i = 0u; i < PARTS; i++) { forward_back(program[group.y * PARTS + PARTS - 1u - i]); }
  }
  finish(group.x, group.y, value);
}
