// What every kernel on points shares: the bindings, the tile of points that a workgroup carries through the flow, and the flow
// itself as a table of bijections, from base to data.
//
// A workgroup of THREADS takes tiles of POINTS points (COLUMNS vectors of four) of one run through all of its layers. All it
// knows of a tile is in its own range of `scratch`, rows of COLUMNS vectors: first the D variables (POINT), the log-determinant
// that each variable contributed (LOG_DET), gradients by the variables (GRAD), the gradient by the log-determinant (GRAD_LOG_DET), then
// room for the gradients of layers, then each bijection's tape. The launch is (slots, runs): slot s takes tiles s, s + slots, ...

struct Step {
  step: u32,
  // Steps since the schedule began.
  clock: u32,
  // Points of the batch, or to be evaluated or drawn.
  batch: u32,
  tiles: u32,
  slots: u32,
  // Adam's: factor on the learning rate, 1 / its first correction, 1 / the root of the second.
  schedule: f32,
  correction: f32,
  root_correction: f32,
  // Longest gradient; 0: no limit.
  clip: f32,
  temperature: f32,
  resolution: u32,
  // Vectors of each run's results.
  stride: u32,
  // Vectors before the parameters that a kernel on points reads: those in training, or the averages, which are shown.
  parameters: u32,
  // Vectors before the averages, and how much of an average stays.
  averages: u32,
  decay: f32,
  unused: u32,
  // x_min, y_min, and the size of a cell.
  window: vec4<f32>,
}

struct Run {
  seed: u32,
  rate: f32,
  // The target is p^beta, beta rising from the first number to 1 over that many steps.
  annealed_from: f32,
  annealed_steps: f32,
}

struct Moved {
  value: vec4<f32>,
  log_det: vec4<f32>,
}

@group(0) @binding(0) var<uniform> now: Step;
// Of each run its BIJECTIONS bijections: which function, where its parameters, its tape, its indices.
@group(0) @binding(1) var<storage, read> program: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read> runs: array<Run>;
// What the target or the points to evaluate need.
@group(0) @binding(4) var<storage, read> table: array<vec4<f32>>;
// Of each run VECTORS vectors of four, in training; then as many averages.
@group(0) @binding(5) var<storage, read> parameters: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> scratch: array<vec4<f32>>;
// In training the gradient of each run and slot; else what was asked for.
@group(0) @binding(7) var<storage, read_write> results: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> values: array<f32>;

// Where this workgroup's parameters, scratch and gradient begin.
var<private> P: u32;
var<private> S: u32;
var<private> G: u32;
var<private> lane: u32;
// The slot's first tile: gradients are set, not added to.
var<private> first_tile: bool;
// Whether gradients by parameters are wanted.
var<private> learn: bool;
// Theta of one variable and point, and derivatives by it, for maps that need them all.
var<private> own: array<f32, MAX_THETA>;
var<private> by_theta: array<vec2<f32>, MAX_THETA>;

var<workgroup> staging: array<f32, STAGING>;

const TRAINING = 1u;
const VIEW = 5u;

// All threads of a workgroup see what the others wrote.
fn barrier() {
  storageBarrier();
}

// A single parameter of a bijection.
fn number(start: u32, k: u32) -> f32 {
  return parameters[P + start + k / 4u][k % 4u];
}

fn enter(slot: u32, run: u32, index: u32) {
  P = now.parameters + run * VECTORS;
  S = (run * now.slots + slot) * SCRATCH;
  G = (run * now.slots + slot) * VECTORS;
  lane = index;
  learn = true;
}

// The points that threads 0 to POINTS - 1 left in `staging`, as rows; log-determinants start at zero. Rows beyond the batch get no
// weight.
fn set_points(tile: u32, grad_log_det: f32) {
  workgroupBarrier();
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    let column = job % COLUMNS;
    let from_point = v * POINTS + 4u * column;
    scratch[S + POINT + job] =
      vec4<f32>(staging[from_point], staging[from_point + 1u], staging[from_point + 2u], staging[from_point + 3u]);
    scratch[S + LOG_DET + job] = vec4<f32>();
    if (v == 0u) {
      let row = tile * POINTS + 4u * column;
      let rows = vec4<u32>(row, row + 1u, row + 2u, row + 3u);
      scratch[S + GRAD_LOG_DET + column] = select(vec4<f32>(), vec4<f32>(grad_log_det), rows < vec4<u32>(now.batch));
    }
  }
  barrier();
}
