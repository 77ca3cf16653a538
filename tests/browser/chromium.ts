/** How Chromium is started. */
export const ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With WebGPU made of software: right, and slow. */
export const WITH_WEBGPU = [...ARGS, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
