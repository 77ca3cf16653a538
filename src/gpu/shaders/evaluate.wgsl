// Queries: the density over a window, log-densities at points, samples. Results are (run, vector).

// log p at the cell centres of a window, row by row from the least x2; the density itself, not its logarithm.
@compute @workgroup_size(THREADS)
fn density_field(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    if (index < POINTS) {
      let cell = tile * POINTS + index;
      let place = vec2<f32>(f32(cell % now.resolution), f32(cell / now.resolution)) + 0.5;
      let x = now.window.xy + now.window.zw * place;
      staging[index] = x.x;
      staging[POINTS + index] = x.y;
    }
    set_points(tile, 1.0);
    write_log_density(tile, group.y, true);
  }
}

// log p at points: two of them in each vector of the table.
@compute @workgroup_size(THREADS)
fn log_density(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    if (index < POINTS) {
      let row = min(tile * POINTS + index, now.batch - 1u);
      let pair = table[row / 2u];
      let x = select(pair.zw, pair.xy, row % 2u == 0u);
      staging[index] = x.x;
      staging[POINTS + index] = x.y;
    }
    set_points(tile, 1.0);
    write_log_density(tile, group.y, false);
  }
}

fn write_log_density(tile: u32, run: u32, exponential: bool) {
  for (var i = 0u; i < BIJECTIONS; i++) { inverse(program[run * BIJECTIONS + BIJECTIONS - 1u - i]); }
  if (lane < COLUMNS) {
    var log_density = vec4<f32>();
    for (var v = 0u; v < D; v++) {
      let row = v * COLUMNS + lane;
      log_density += base_log_density(scratch[S + POINT + row], now.temperature) + scratch[S + LOG_DET + row];
    }
    results[run * now.stride + tile * COLUMNS + lane] =
      select(log_density, exp(log_density), exponential);
  }
  barrier();
}

// Samples, (x1, x2) after (x1, x2): the same base draws whatever the temperature.
@compute @workgroup_size(THREADS)
fn sample(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  enter(group.x, group.y, index);
  for (var tile = group.x; tile < now.tiles; tile += now.slots) {
    if (index < POINTS) {
      var random = philox(runs[group.y].seed, VIEW, 0u, tile * POINTS + index);
      for (var v = 0u; v < D; v++) { staging[v * POINTS + index] = now.temperature * base_draw(&random); }
    }
    set_points(tile, 1.0);
    for (var i = 0u; i < BIJECTIONS; i++) { forward(program[group.y * BIJECTIONS + i]); }
    if (index < COLUMNS) {
      let x = scratch[S + POINT + index];
      let y = scratch[S + POINT + COLUMNS + index];
      let to = group.y * now.stride + 2u * (tile * COLUMNS + index);
      results[to] = vec4<f32>(x.x, y.x, x.y, y.y);
      results[to + 1u] = vec4<f32>(x.z, y.z, x.w, y.w);
    }
    barrier();
  }
}
