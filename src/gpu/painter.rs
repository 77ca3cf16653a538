//! The stage, painted where the numbers are: the density in the page's colours and samples on it go from the kernels' buffers to a canvas, and none of
//! them comes back to the host.

use super::Runs;
use super::buffers::{storage, storage_of};
use super::device::{Gpu, error};
use crate::error::Error;
use crate::math::quadrature::Window;

/// What is to be seen, and in which colours. A colour is four bytes, red in the lowest.
#[derive(Clone, Debug, serde::Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Painting {
    /// The part of the plane that the canvas shows.
    pub window: Window,
    /// Of the base, for density and samples.
    pub temperature: f64,
    /// Cells of the density on each side; 0: paper alone.
    pub resolution: usize,
    /// How many samples.
    pub samples: usize,
    /// The density at the top of the colours.
    pub most: f64,
    /// Whether colours go with the density's logarithm, over four powers of ten.
    pub logarithmic: bool,
    /// 256 colours, from density 0 to the most.
    pub colours: Vec<u32>,
    /// Where no density is painted.
    pub paper: u32,
    /// Of the samples; its alpha counts.
    pub ink: u32,
    /// Of a sample, in pixels.
    pub radius: f32,
}

/// `struct Settings` in `painter.wgsl`.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
struct Settings {
    least: [f32; 2],
    scale: [f32; 2],
    pixels: f32,
    radius: f32,
    resolution: u32,
    logarithmic: u32,
    most: f32,
    paper: u32,
    ink: u32,
    padding: u32,
}

/// What paints on one format of pixels.
pub struct Painter {
    gpu: Gpu,
    layout: wgpu::BindGroupLayout,
    paper: wgpu::RenderPipeline,
    dots: wgpu::RenderPipeline,
    settings: wgpu::Buffer,
    colours: wgpu::Buffer,
}

impl Painter {
    /// Compiles the shaders for a format of pixels. An error says why the device refused them.
    pub async fn new(gpu: &Gpu, format: wgpu::TextureFormat) -> Result<Self, Error> {
        let device = &gpu.device;
        let entry = |binding: u32| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
            ty: wgpu::BindingType::Buffer {
                ty: match binding {
                    0 => wgpu::BufferBindingType::Uniform,
                    _ => wgpu::BufferBindingType::Storage { read_only: true },
                },
                has_dynamic_offset: false,
                min_binding_size: None,
            },
            count: None,
        };
        let (layout, [paper, dots]) = gpu
            .checked("a kernel", || {
                let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                    label: Some("painter"),
                    entries: &[0, 1, 2, 3].map(entry),
                });
                let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                    label: Some("painter"),
                    bind_group_layouts: &[Some(&layout)],
                    immediate_size: 0,
                });
                let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
                    label: Some("painter"),
                    source: wgpu::ShaderSource::Wgsl(include_str!("shaders/painter.wgsl").into()),
                });
                let pipeline = |vertex: &str, fragment: &str, topology, blend| {
                    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                        label: Some(fragment),
                        layout: Some(&pipeline_layout),
                        vertex: wgpu::VertexState {
                            module: &module,
                            entry_point: Some(vertex),
                            compilation_options: Default::default(),
                            buffers: &[],
                        },
                        primitive: wgpu::PrimitiveState { topology, ..Default::default() },
                        depth_stencil: None,
                        multisample: Default::default(),
                        fragment: Some(wgpu::FragmentState {
                            module: &module,
                            entry_point: Some(fragment),
                            compilation_options: Default::default(),
                            targets: &[Some(wgpu::ColorTargetState {
                                format,
                                blend,
                                write_mask: wgpu::ColorWrites::ALL,
                            })],
                        }),
                        multiview_mask: None,
                        cache: None,
                    })
                };
                let blend = Some(wgpu::BlendState::ALPHA_BLENDING);
                let paper = pipeline("paper_corner", "paper", wgpu::PrimitiveTopology::TriangleList, None);
                let dots = pipeline("dot_corner", "dot_ink", wgpu::PrimitiveTopology::TriangleStrip, blend);
                (layout, [paper, dots])
            })
            .await?;
        let settings = storage_of(
            gpu,
            "settings of the painter",
            wgpu::BufferUsages::UNIFORM,
            size_of::<Settings>() as u64,
        )
        .await?;
        let colours = storage(gpu, "colours", 4 * 256).await?;
        Ok(Self { gpu: gpu.clone(), layout, paper, dots, settings, colours })
    }

    /// Paints the first of some runs on a square of `pixels` on each side. An error says what is wrong with the painting, or that the device
    /// is gone or has no room.
    pub async fn paint(
        &self,
        runs: &mut Runs,
        painting: &Painting,
        pixels: u32,
        canvas: &wgpu::TextureView,
    ) -> Result<(), Error> {
        let model = self.compute(runs, painting).await?;
        self.draw(model, painting, pixels, canvas)
    }

    /// Has density and samples computed, to be painted from where they are.
    async fn compute(&self, runs: &mut Runs, painting: &Painting) -> Result<[wgpu::Buffer; 2], Error> {
        if painting.colours.len() != 256 {
            return Err(error("a painting has 256 colours"));
        }
        let density = match painting.resolution {
            0 => storage(&self.gpu, "no density", 16).await?,
            resolution => runs.density_there(&painting.window, resolution, painting.temperature).await?,
        };
        let samples = match painting.samples {
            0 => storage(&self.gpu, "no samples", 16).await?,
            count => runs.samples_there(count, painting.temperature).await?,
        };
        Ok([density, samples])
    }

    /// Paints what was computed. At once: a browser takes a canvas's texture back when the task ends.
    fn draw(
        &self,
        [density, samples]: [wgpu::Buffer; 2],
        painting: &Painting,
        pixels: u32,
        canvas: &wgpu::TextureView,
    ) -> Result<(), Error> {
        let window = &painting.window;
        let to = |least: f64, most: f64| (1.0 / (most - least)) as f32;
        let settings = Settings {
            least: [window.x_min as f32, window.y_min as f32],
            scale: [to(window.x_min, window.x_max), to(window.y_min, window.y_max)],
            pixels: pixels as f32,
            radius: painting.radius,
            resolution: painting.resolution as u32,
            logarithmic: u32::from(painting.logarithmic),
            most: painting.most as f32,
            paper: painting.paper,
            ink: painting.ink,
            padding: 0,
        };
        self.gpu.queue.write_buffer(&self.settings, 0, bytemuck::bytes_of(&settings));
        self.gpu.queue.write_buffer(&self.colours, 0, bytemuck::cast_slice(&painting.colours));
        let all = [&self.settings, &self.colours, &density, &samples];
        let entries: Vec<_> = (0..)
            .zip(all)
            .map(|(binding, buffer)| wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() })
            .collect();
        let group = self.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("painter"),
            layout: &self.layout,
            entries: &entries,
        });
        let mut encoder = self
            .gpu
            .device
            .create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("painter") });
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("painter"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: canvas,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        pass.set_bind_group(0, Some(&group), &[]);
        pass.set_pipeline(&self.paper);
        pass.draw(0..3, 0..1);
        if painting.samples > 0 {
            pass.set_pipeline(&self.dots);
            pass.draw(0..4, 0..painting.samples as u32);
        }
        drop(pass);
        self.gpu.queue.submit([encoder.finish()]);
        // They live until what was submitted is done with them.
        [density, samples].iter().for_each(wgpu::Buffer::destroy);
        self.gpu.check()
    }
}

/// A canvas of the page.
#[cfg(target_arch = "wasm32")]
pub struct Canvas {
    painter: Painter,
    surface: wgpu::Surface<'static>,
    config: wgpu::SurfaceConfiguration,
}

#[cfg(target_arch = "wasm32")]
impl Canvas {
    /// Takes a canvas; it has no size yet.
    pub async fn new(gpu: &Gpu, canvas: web_sys::OffscreenCanvas) -> Result<Self, Error> {
        let made = gpu.instance.create_surface(wgpu::SurfaceTarget::OffscreenCanvas(canvas));
        let surface = made.map_err(|e| error(format!("the canvas was refused ({e})")))?;
        let mut config = surface
            .get_default_config(&gpu.found, 1, 1)
            .ok_or_else(|| error("the adapter can't paint on a canvas"))?;
        // The page's colours are bytes as they are, not light.
        config.format = config.format.remove_srgb_suffix();
        let painter = Painter::new(gpu, config.format).await?;
        Ok(Self { painter, surface, config })
    }

    /// Paints the first of some runs on all of the canvas, `pixels` on each side.
    pub async fn paint(&mut self, runs: &mut Runs, painting: &Painting, pixels: u32) -> Result<(), Error> {
        let size = pixels.clamp(1, 4096);
        if self.config.width != size || self.config.height != size {
            (self.config.width, self.config.height) = (size, size);
            self.surface.configure(&self.painter.gpu.device, &self.config);
        }
        let model = self.painter.compute(runs, painting).await?;
        let frame = match self.surface.get_current_texture() {
            wgpu::CurrentSurfaceTexture::Success(frame) | wgpu::CurrentSurfaceTexture::Suboptimal(frame) => {
                frame
            }
            other => return Err(error(format!("the canvas gave nothing to paint on ({other:?})"))),
        };
        let view = frame.texture.create_view(&Default::default());
        self.painter.draw(model, painting, size, &view)?;
        self.painter.gpu.queue.present(frame);
        Ok(())
    }
}
