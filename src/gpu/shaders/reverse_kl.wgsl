// One step of the reverse KL, but for Adam: draws from the base, carries them to the data, and follows log q - beta log p. See
// src/models/reverse.rs.

// Longest score of a single draw.
const MAX_SCORE = 1e4;

// A score no longer than that, as src/models/reverse.rs has it. The square of one in single precision overflows from 1.8e19 on: a long one
// is made shorter by its largest component first.
fn clip_score(score: vec2<f32>) -> vec2<f32> {
  let largest = max(abs(score.x), abs(score.y));
  let shorter = score * select(1.0, MAX_SCORE / largest, largest > MAX_SCORE);
  let size = length(shorter);
  return shorter * select(1.0, MAX_SCORE / size, size > MAX_SCORE);
}

@compute @workgroup_size(THREADS)
fn train(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  let setting = runs[group.y];
  let share = f32(now.clock) / max(setting.annealed_steps, 1.0);
  let beta = min(setting.annealed_from + (1.0 - setting.annealed_from) * share, 1.0);
  let weight = 1.0 / f32(now.batch);
  var value = vec4<f32>();
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    first_tile = tile == group.x;
    if (index < POINTS) {
      let row = tile * POINTS + index;
      var random = philox(setting.seed, TRAINING, now.step, row);
      for (var v = 0u; v < D; v++) {
        staging[v * POINTS + index] = select(0.0, base_draw(&random), row < now.batch);
      }
    }
    set_points(tile, -weight);
    var log_q = vec4<f32>();
    if (index < COLUMNS) {
      for (var v = 0u; v < D; v++) { log_q += base_log_density(scratch[S + POINT + v * COLUMNS + index], 1.0); }
    }
    for (var i = 0u; i < BIJECTIONS; i++) { forward(program[group.y * BIJECTIONS + i]); }
    if (index < POINTS) {
      let x = vec2<f32>(scratch[S + POINT + index / 4u][index % 4u],
        scratch[S + POINT + COLUMNS + index / 4u][index % 4u]);
      let at = target_log_density_far(x);
      let score = clip_score(at.yz);
      staging[index] = score.x;
      staging[POINTS + index] = score.y;
      staging[2u * POINTS + index] = at.x;
    }
    workgroupBarrier();
    var scores: array<vec4<f32>, 2>;
    if (index < COLUMNS) {
      let points = 4u * index;
      let here = -scratch[S + GRAD_LOG_DET + index];
      let log_p = vec4<f32>(staging[2u * POINTS + points], staging[2u * POINTS + points + 1u],
        staging[2u * POINTS + points + 2u], staging[2u * POINTS + points + 3u]);
      for (var v = 0u; v < D; v++) {
        log_q -= scratch[S + LOG_DET + v * COLUMNS + index];
        let from_point = v * POINTS + points;
        scores[v] = -beta * here
          * vec4<f32>(staging[from_point], staging[from_point + 1u], staging[from_point + 2u], staging[from_point + 3u]);
      }
      value += select((log_q - beta * log_p) * here, vec4<f32>(), here == vec4<f32>());
    }
    barrier();
    if (PATH_GRADIENT) {
      // log q as a function of x alone, its parameters held: the inverse's gradient by its input, with a tape of its own.
      for (var i = 0u; i < BIJECTIONS; i++) {
        inverse(program[group.y * BIJECTIONS + BIJECTIONS - 1u - i] + vec4<u32>(0u, 0u, TAPES, 0u));
      }
      if (index < COLUMNS) {
        let here = -scratch[S + GRAD_LOG_DET + index];
        scratch[S + GRAD_LOG_DET + index] = here;
        for (var v = 0u; v < D; v++) {
          let row = v * COLUMNS + index;
          scratch[S + GRAD + row] = base_score(scratch[S + POINT + row]) * here;
        }
      }
      barrier();
      learn = false;
      for (var i = 0u; i < BIJECTIONS; i++) {
        inverse_back(program[group.y * BIJECTIONS + i] + vec4<u32>(0u, 0u, TAPES, 0u));
      }
      learn = true;
    }
    if (index < COLUMNS) {
      for (var v = 0u; v < D; v++) {
        let row = v * COLUMNS + index;
        if (PATH_GRADIENT) {
          scores[v] += scratch[S + GRAD + row];
          scratch[S + GRAD_LOG_DET + index] = vec4<f32>();
        }
        scratch[S + GRAD + row] = scores[v];
      }
    }
    barrier();
    for (var i = 0u; i < BIJECTIONS; i++) { forward_back(program[group.y * BIJECTIONS + BIJECTIONS - 1u - i]); }
  }
  finish(group.x, group.y, value);
}
