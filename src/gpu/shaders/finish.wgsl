// A slot's share of the step's value, in nats.
fn finish(slot: u32, run: u32, value: vec4<f32>) {
  workgroupBarrier();
  if (lane < COLUMNS) { staging[lane] = dot(value, vec4<f32>(1.0)); }
  workgroupBarrier();
  if (lane == 0u) {
    var total = 0.0;
    for (var c = 0u; c < COLUMNS; c++) { total += staging[c]; }
    values[run * now.slots + slot] = total;
  }
}
