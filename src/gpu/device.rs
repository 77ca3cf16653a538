//! The GPU itself: asking for it, giving it work, hearing that it is gone.

use std::sync::{Arc, Mutex};

use futures_channel::oneshot;

use crate::error::Error;

/// Which adapter computes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Adapter {
    /// As the driver names it.
    pub name: String,
    /// `webgpu`, `vulkan`.
    pub interface: String,
    /// True where it is the processor in a GPU's clothes: right, and slow.
    pub software: bool,
}

/// Real trouble, made on purpose: how the fall back to the processor is tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// None.
    #[default]
    Nothing,
    /// No adapter is asked for.
    NoAdapter,
    /// A limit is asked for that no adapter has.
    Limit,
    /// The kernels get a line that does not compile.
    Shader,
    /// A buffer is asked for that is larger than the device allows.
    Memory,
    /// The device is destroyed after the fifth submission.
    Lost,
    /// No trouble, or much: a canvas is painted with an adapter made of software too, which not every browser survives.
    Canvas,
}

/// A device and its queue.
#[derive(Clone, Debug)]
pub struct Gpu {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) force: Force,
    #[cfg(target_arch = "wasm32")]
    pub(super) instance: wgpu::Instance,
    #[cfg(target_arch = "wasm32")]
    pub(super) found: wgpu::Adapter,
    adapter: Adapter,
    lost: Arc<Mutex<Option<String>>>,
}

/// The first line of a message, without its full stop: drivers write essays.
fn first_line(text: &str) -> String {
    let heading = |line: &&str| {
        line.is_empty() || line.starts_with("In ") || ["Validation Error", "Caused by:"].contains(line)
    };
    let line = text.lines().map(str::trim).find(|line| !heading(line)).unwrap_or("no reason given");
    // What a browser threw comes wrapped.
    let line = line.strip_prefix("JsValue(").map_or(line, |inner| inner.trim_end_matches(')'));
    line.chars().take(200).collect::<String>().trim_end_matches('.').into()
}

pub(super) fn error(why: impl Into<String>) -> Error {
    Error::Gpu { why: why.into() }
}

impl Gpu {
    /// Asks for the faster adapter. An error says why there is none.
    pub async fn request(force: Force) -> Result<Self, Error> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
            backends: if cfg!(target_arch = "wasm32") {
                wgpu::Backends::BROWSER_WEBGPU
            } else {
                wgpu::Backends::PRIMARY
            },
            ..wgpu::InstanceDescriptor::new_without_display_handle()
        });
        if force == Force::NoAdapter {
            return Err(error("the browser has no adapter for it"));
        }
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let found = instance.request_adapter(&options).await;
        let found = found
            .map_err(|e| error(format!("there is no adapter for it ({})", first_line(&e.to_string()))))?;
        let info = found.get_info();
        let mut limits = wgpu::Limits::default();
        if force == Force::Limit {
            limits.max_compute_invocations_per_workgroup = 1 << 30;
        }
        let descriptor = wgpu::DeviceDescriptor { required_limits: limits, ..Default::default() };
        let asked = found.request_device(&descriptor).await;
        let (device, queue) = asked
            .map_err(|e| error(format!("the adapter refused a device ({})", first_line(&e.to_string()))))?;
        let lost = Arc::new(Mutex::new(None));
        let tell = lost.clone();
        device.set_device_lost_callback(move |_, message| {
            if let Ok(mut lost) = tell.lock() {
                *lost = Some(first_line(&message));
            }
        });
        // What no scope catches would end the program; the scopes of `checked` catch all that is asked of the device.
        device.on_uncaptured_error(Arc::new(|_| {}));
        let name = if info.name.is_empty() { info.driver.clone() } else { info.name.clone() };
        let looks_soft = ["swiftshader", "llvmpipe", "basic render", "software"];
        let text = format!("{name} {}", info.driver_info).to_lowercase();
        let software =
            info.device_type == wgpu::DeviceType::Cpu || looks_soft.iter().any(|soft| text.contains(soft));
        let interface = match info.backend {
            wgpu::Backend::BrowserWebGpu => "webgpu".into(),
            other => format!("{other:?}").to_lowercase(),
        };
        let adapter = Adapter { name, interface, software };
        Ok(Self {
            device,
            queue,
            force,
            #[cfg(target_arch = "wasm32")]
            instance,
            #[cfg(target_arch = "wasm32")]
            found,
            adapter,
            lost,
        })
    }

    /// Which adapter computes.
    pub fn adapter(&self) -> &Adapter {
        &self.adapter
    }

    /// An error once the device is gone.
    pub fn check(&self) -> Result<(), Error> {
        let lost = self.lost.lock().ok().and_then(|lost| lost.clone());
        lost.map_or(Ok(()), |why| Err(error(format!("the device was lost ({why})"))))
    }

    /// The device itself, for programs that paint on textures of their own.
    pub fn device(&self) -> &wgpu::Device {
        &self.device
    }

    /// Its queue.
    pub fn queue(&self) -> &wgpu::Queue {
        &self.queue
    }

    /// Destroys the device, as a driver that crashes would.
    pub fn destroy(&self) {
        self.device.destroy();
    }

    /// Runs what asks for resources and says what the device refused: `what` was asked for.
    pub(super) async fn checked<R>(&self, what: &str, ask: impl FnOnce() -> R) -> Result<R, Error> {
        let memory = self.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let validation = self.device.push_error_scope(wgpu::ErrorFilter::Validation);
        let internal = self.device.push_error_scope(wgpu::ErrorFilter::Internal);
        let result = ask();
        let (internal, validation, memory) = (internal.pop(), validation.pop(), memory.pop());
        let seen = [internal.await, validation.await, memory.await];
        if let Some(seen) = seen.into_iter().flatten().next() {
            let said = match &seen {
                wgpu::Error::Validation { description, .. } | wgpu::Error::Internal { description, .. } => {
                    first_line(description)
                }
                wgpu::Error::OutOfMemory { .. } => "out of memory".into(),
            };
            return Err(error(format!("{what} was refused ({said})")));
        }
        self.check()?;
        Ok(result)
    }

    /// Waits until all that was submitted is done.
    pub async fn wait(&self) -> Result<(), Error> {
        let (send, receive) = oneshot::channel();
        // Nobody may wait for it any more.
        self.queue.on_submitted_work_done(move || {
            let _ = send.send(());
        });
        self.poll()?;
        let _ = receive.await;
        self.check()
    }

    /// Natively callbacks wait to be called; browsers call them by themselves.
    fn poll(&self) -> Result<(), Error> {
        let polled = self.device.poll(wgpu::PollType::wait_indefinitely());
        polled.map(drop).map_err(|e| error(first_line(&e.to_string())))
    }

    /// Copies buffers, one after the other, to where they can be read: as they are after all that was submitted before, whatever
    /// comes next.
    pub(super) fn copy(&self, from: &[&wgpu::Buffer]) -> Result<wgpu::Buffer, Error> {
        self.check()?;
        let staging = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("copy"),
            size: from.iter().map(|buffer| buffer.size()).sum(),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder =
            self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("copy") });
        let mut at = 0;
        for buffer in from {
            encoder.copy_buffer_to_buffer(buffer, 0, &staging, at, buffer.size());
            at += buffer.size();
        }
        self.queue.submit([encoder.finish()]);
        Ok(staging)
    }

    /// The bytes of such a copy.
    pub(super) async fn read(&self, staging: wgpu::Buffer) -> Result<Vec<u8>, Error> {
        let (send, receive) = oneshot::channel();
        // Nobody may wait for it any more.
        staging.map_async(wgpu::MapMode::Read, .., move |result| {
            let _ = send.send(result);
        });
        self.poll()?;
        let mapped = receive.await;
        self.check()?;
        if !matches!(mapped, Ok(Ok(()))) {
            return Err(error("its memory could not be read"));
        }
        let bytes =
            staging.slice(..).get_mapped_range().map_err(|e| error(first_line(&e.to_string())))?.to_vec();
        staging.unmap();
        // A browser would keep it until it collects garbage, and knows nothing of its size.
        staging.destroy();
        Ok(bytes)
    }

    /// The bytes of a buffer, once all that was submitted before is done.
    pub(super) async fn download(&self, from: &wgpu::Buffer) -> Result<Vec<u8>, Error> {
        self.read(self.copy(&[from])?).await
    }
}
