// One step of maximum likelihood, but for Adam: draws a batch of the target, takes it to the base and back.

@compute @workgroup_size(THREADS)
fn train(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  var value = vec4<f32>();
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    first_tile = tile == group.x;
    if (index < POINTS) {
      let row = tile * POINTS + index;
      var x = vec2<f32>();
      if (row < now.batch) {
        var random = philox(runs[group.y].seed, TRAINING, now.step, row);
        x = target_draw(&random);
      }
      staging[index] = x.x;
      staging[POINTS + index] = x.y;
    }
    set_points(tile, -1.0 / f32(now.batch));
    for (var i = 0u; i < BIJECTIONS; i++) { inverse(program[group.y * BIJECTIONS + BIJECTIONS - 1u - i]); }
    if (index < COLUMNS) {
      let weight = scratch[S + GRAD_LOG_DET + index];
      var log_density = vec4<f32>();
      for (var v = 0u; v < D; v++) {
        let row = v * COLUMNS + index;
        let u = scratch[S + POINT + row];
        log_density += base_log_density(u, 1.0) + scratch[S + LOG_DET + row];
        scratch[S + GRAD + row] = base_score(u) * weight;
      }
      value += select(log_density * weight, vec4<f32>(), weight == vec4<f32>());
    }
    barrier();
    for (var i = 0u; i < BIJECTIONS; i++) { inverse_back(program[group.y * BIJECTIONS + i]); }
  }
  finish(group.x, group.y, value);
}
