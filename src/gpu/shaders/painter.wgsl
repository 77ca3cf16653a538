// The stage: the density in the page's colours, samples on it. Pixels count from the upper left corner, cells from the lower left one.

struct Settings {
  // Least x1 and x2, and how many windows fit into a unit.
  window: vec4<f32>,
  // Pixels on each side; radius of a sample in pixels.
  pixels: f32,
  radius: f32,
  // Cells on each side; 0: paper alone.
  resolution: u32,
  logarithmic: u32,
  // The density at the top of the colours.
  most: f32,
  // Four bytes each, red first.
  paper: u32,
  ink: u32,
  pad: u32,
}

@group(0) @binding(0) var<uniform> settings: Settings;
// 256 colours, four bytes each, red first.
@group(0) @binding(1) var<storage, read> colours: array<u32>;
// (row, column), rows from the least x2.
@group(0) @binding(2) var<storage, read> density: array<f32>;
// (x1, x2) after (x1, x2).
@group(0) @binding(3) var<storage, read> samples: array<vec2<f32>>;

// Powers of ten that a logarithmic scale spans, as in www/render/heat.ts.
const DECADES = 4.0;

// One triangle that covers everything.
@vertex
fn paper_corner(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
  let at = vec2<f32>(f32(corner & 1u), f32(corner >> 1u));
  return vec4<f32>(4.0 * at - 1.0, 0.0, 1.0);
}

fn at_cell(column: i32, row: i32) -> f32 {
  let last = i32(settings.resolution) - 1;
  return density[clamp(row, 0, last) * i32(settings.resolution) + clamp(column, 0, last)];
}

// The place of a density on its scale, 0 to 1.
fn place(density: f32) -> f32 {
  if (!(density > 0.0)) { return 0.0; }
  let even = density / settings.most;
  // log10(even) = log2(even) / log2(10)
  let t = select(even, 1.0 + log2(even) / (3.321928094887362 * DECADES), settings.logarithmic == 1u);
  return clamp(t, 0.0, 1.0);
}

@fragment
fn paper(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
  if (settings.resolution == 0u) { return unpack4x8unorm(settings.paper); }
  let upright = vec2<f32>(pixel.x, settings.pixels - pixel.y);
  let cell = upright / settings.pixels * f32(settings.resolution) - 0.5;
  let least = floor(cell);
  let share = cell - least;
  let column = i32(least.x);
  let row = i32(least.y);
  let below = mix(at_cell(column, row), at_cell(column + 1, row), share.x);
  let above = mix(at_cell(column, row + 1), at_cell(column + 1, row + 1), share.x);
  return unpack4x8unorm(colours[u32(round(255.0 * place(mix(below, above, share.y))))]);
}

struct Dot {
  @builtin(position) position: vec4<f32>,
  // Pixels from its middle.
  @location(0) off: vec2<f32>,
}

// A square around each sample, half a pixel larger for the soft edge.
@vertex
fn dot_corner(@builtin(vertex_index) corner: u32, @builtin(instance_index) sample: u32) -> Dot {
  let at = vec2<f32>(f32(corner & 1u), f32(corner >> 1u));
  let off = (2.0 * at - 1.0) * (settings.radius + 0.5);
  let middle = (samples[sample] - settings.window.xy) * settings.window.zw;
  let place = middle + off / settings.pixels;
  return Dot(vec4<f32>(2.0 * place - 1.0, 0.0, 1.0), off);
}

@fragment
fn dot_ink(dot: Dot) -> @location(0) vec4<f32> {
  let ink = unpack4x8unorm(settings.ink);
  let covered = clamp(settings.radius + 0.5 - length(dot.off), 0.0, 1.0);
  return vec4<f32>(ink.rgb, ink.a * covered);
}
