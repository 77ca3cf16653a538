//! Compiled kernels.

use super::buffers::STEP;
use super::device::{Force, Gpu};
use crate::error::Error;

/// Pipelines of one module, and what they are bound to.
pub struct Pipelines {
    layout: wgpu::BindGroupLayout,
    /// One for each entry point.
    pub pipelines: Vec<wgpu::ComputePipeline>,
    /// What they are bound to, where that stays.
    pub group: Option<wgpu::BindGroup>,
}

impl Pipelines {
    /// Compiles a module's entry points. Binding 0 is a step's settings; then storage, writable where `writable` has its number.
    pub async fn compile(gpu: &Gpu, text: String, entries: &[&str], writable: &[u32]) -> Result<Self, Error> {
        let device = &gpu.device;
        let text = if gpu.force == Force::Shader { text + "\nfn unfinished() -> f32 { return" } else { text };
        let entry = |binding: u32| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer {
                ty: match binding {
                    0 => wgpu::BufferBindingType::Uniform,
                    _ => wgpu::BufferBindingType::Storage { read_only: !writable.contains(&binding) },
                },
                has_dynamic_offset: binding == 0,
                min_binding_size: None,
            },
            count: None,
        };
        let entries_of_layout: Vec<_> = (0..9).map(entry).collect();
        gpu.checked("a kernel", || {
            let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                label: Some(entries[0]),
                entries: &entries_of_layout,
            });
            let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some(entries[0]),
                bind_group_layouts: &[Some(&layout)],
                immediate_size: 0,
            });
            let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(entries[0]),
                source: wgpu::ShaderSource::Wgsl(text.into()),
            });
            let pipeline = |entry: &&str| {
                device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                    label: Some(entry),
                    layout: Some(&pipeline_layout),
                    module: &module,
                    entry_point: Some(entry),
                    // All workgroup memory is written before it is read.
                    compilation_options: wgpu::PipelineCompilationOptions {
                        zero_initialize_workgroup_memory: false,
                        ..Default::default()
                    },
                    cache: None,
                })
            };
            let pipelines = entries.iter().map(pipeline).collect();
            Self { layout, pipelines, group: None }
        })
        .await
    }

    /// Binds a step's settings and eight buffers.
    pub fn bind(&self, gpu: &Gpu, steps: &wgpu::Buffer, storage: [&wgpu::Buffer; 8]) -> wgpu::BindGroup {
        let settings = wgpu::BufferBinding { buffer: steps, offset: 0, size: std::num::NonZero::new(STEP) };
        let mut entries =
            vec![wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(settings) }];
        let storage = storage.into_iter().enumerate();
        entries.extend(storage.map(|(index, buffer)| wgpu::BindGroupEntry {
            binding: index as u32 + 1,
            resource: buffer.as_entire_binding(),
        }));
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("a step's settings and its buffers"),
            layout: &self.layout,
            entries: &entries,
        })
    }
}
