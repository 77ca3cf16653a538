// The rest of a step: the sum over the slots, the gradient's norm, Adam. See src/nn/adam.rs and src/training/trainer.rs.

@group(0) @binding(0) var<uniform> now: Step;
@group(0) @binding(1) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
// 1 where a parameter is trained, 0 where its edge is cut or where it only fills up a vector.
@group(0) @binding(3) var<storage, read> trained: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> runs: array<Run>;
// Of each run the gradient, Adam's first and second moments.
@group(0) @binding(5) var<storage, read_write> moments: array<vec4<f32>>;
// The square of each group's gradient.
@group(0) @binding(6) var<storage, read_write> squares: array<f32>;
// Of all runs the parameters, and from now.averages on their averages, which are what is shown.
@group(0) @binding(7) var<storage, read_write> parameters: array<vec4<f32>>;
// Of each run: 1 + the step that failed or 0, then the values of the last RING steps.
@group(0) @binding(8) var<storage, read_write> history: array<atomic<u32>>;

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;
// Gradients are squared after this factor: a long one, which is to be clipped, would overflow. A power of two, so that nothing else changes.
const SMALLER = 0x1p-40;

var<workgroup> sums: array<f32, UPDATERS>;

// The sum over a workgroup, for all of its threads.
fn total(index: u32, own: f32) -> f32 {
  workgroupBarrier();
  sums[index] = own;
  workgroupBarrier();
  for (var half = UPDATERS / 2u; half > 0u; half /= 2u) {
    if (index < half) { sums[index] += sums[index + half]; }
    workgroupBarrier();
  }
  return sums[0];
}

@compute @workgroup_size(UPDATERS)
fn reduce(
  @builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32
) {
  let run = group.y;
  let k = group.x * UPDATERS + index;
  var square = 0.0;
  if (k < VECTORS) {
    var gradient = vec4<f32>();
    for (var slot = 0u; slot < now.slots; slot++) {
      gradient += partials[(run * now.slots + slot) * VECTORS + k];
    }
    gradient = select(vec4<f32>(), gradient, trained[run * VECTORS + k] == vec4<f32>(1.0));
    moments[run * 3u * VECTORS + k] = gradient;
    let smaller = SMALLER * gradient;
    square = dot(smaller, smaller);
  }
  let sum = total(index, square);
  if (index == 0u) { squares[run * GROUPS + group.x] = sum; }
}

@compute @workgroup_size(UPDATERS)
fn adam(
  @builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) index: u32
) {
  let run = group.y;
  var own = 0.0;
  for (var g = index; g < GROUPS; g += UPDATERS) { own += squares[run * GROUPS + g]; }
  let square = total(index, own);
  own = 0.0;
  for (var slot = index; slot < now.slots; slot += UPDATERS) { own += values[run * now.slots + slot]; }
  let value = total(index, own);
  let start = run * (RING + 1u);
  let failed = !is_finite(square) || !is_finite(value);
  if (group.x == 0u && index == 0u) {
    atomicStore(&history[start + 1u + now.step % RING], bitcast<u32>(value));
    if (failed && atomicLoad(&history[start]) == 0u) { atomicStore(&history[start], now.step + 1u); }
  }
  let k = group.x * UPDATERS + index;
  // A run that left the finite numbers stands still until it is looked at.
  if (k >= VECTORS || failed || atomicLoad(&history[start]) != 0u) { return; }
  let norm = sqrt(square) / SMALLER;
  var gradient = moments[run * 3u * VECTORS + k];
  if (now.clip > 0.0 && norm > now.clip) { gradient *= now.clip / norm; }
  let first_place = (run * 3u + 1u) * VECTORS + k;
  let second_place = first_place + VECTORS;
  let first = BETA_1 * moments[first_place] + (1.0 - BETA_1) * gradient;
  let second = BETA_2 * moments[second_place] + (1.0 - BETA_2) * gradient * gradient;
  moments[first_place] = first;
  moments[second_place] = second;
  let rate = runs[run].rate * now.schedule * now.correction;
  let place = run * VECTORS + k;
  let updated = parameters[place] - rate * first / (sqrt(second) * now.root_correction + EPSILON);
  parameters[place] = updated;
  let average = now.averages + place;
  parameters[average] = now.decay * parameters[average] + (1.0 - now.decay) * updated;
}
