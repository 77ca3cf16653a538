/** What the page would use where it is there: found in the page by feature, shown in docs/browsers.md. */

export interface Feature {
  /** As the table calls it. */
  title: string;
  /** What the page does without it. */
  without: string;
}

/** Those that the oldest promised browsers may lack. */
export const FEATURES = {
  isolated: {
    title: 'Page isolated by headers',
    without: 'one processor trains; nothing is said, since nothing is lost but time',
  },
  shared: {
    title: 'Memory shared by workers',
    without: 'one processor trains, as the badge beside the step count says',
  },
  relaxed: { title: 'Relaxed SIMD', without: 'the plain build of the core, bit for bit as in Node' },
  gpu: { title: 'WebGPU', without: 'the processor trains; who asks for the GPU is told why not' },
  offscreen: { title: 'Drawing in a worker (OffscreenCanvas)', without: 'needed' },
  popover: { title: 'Popover', without: 'needed' },
  anchor: { title: 'Anchor positioning', without: 'not used: what opens is placed by script' },
  coalesced: { title: 'Moves between two frames', without: 'a drawn line follows frame by frame' },
  film: { title: 'Films (MediaRecorder)', without: 'a sentence in place of the film' },
  kept: { title: 'Service worker', without: 'the page needs its server at each visit' },
  compression: { title: 'Compressed drawings in links', without: 'needed' },
  clipboard: { title: 'Link to the clipboard', without: 'a sentence: the link can be copied from its field' },
} satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;
export type Seen = Record<FeatureName, string>;

/** Asked in the page. */
export async function look(probe: number[]): Promise<Seen> {
  const there = (is: boolean) => (is ? 'yes' : 'no');
  const shared = () => {
    try {
      new MessageChannel().port1.postMessage(new SharedArrayBuffer(4));
      return true;
    } catch {
      return false;
    }
  };
  const films = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];
  const film =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : films.find((one) => MediaRecorder.isTypeSupported(one));
  return {
    isolated: there(crossOriginIsolated),
    shared: there(shared()),
    relaxed: there(WebAssembly.validate(new Uint8Array(probe))),
    gpu: there('gpu' in navigator && (await navigator.gpu.requestAdapter().catch(() => null)) !== null),
    offscreen: there(
      typeof OffscreenCanvas === 'function' && new OffscreenCanvas(1, 1).getContext('2d') !== null,
    ),
    popover: there('popover' in HTMLElement.prototype),
    anchor: there(CSS.supports('anchor-name: --a')),
    coalesced: there('getCoalescedEvents' in PointerEvent.prototype),
    film: film ?? 'no',
    kept: there('serviceWorker' in navigator),
    compression: there(
      typeof CompressionStream === 'function' && new CompressionStream('deflate-raw') !== null,
    ),
    clipboard: there('clipboard' in navigator && 'writeText' in navigator.clipboard),
  };
}
