/** A part of the page as a short film, by the browser's own recorder. */

import { paint } from './picture';
import { problem } from './problem';

/** Longest film, in milliseconds. */
export const LONGEST = 20_000;
/** Between two pictures: more than ten a second are not drawn while a model trains. */
const PAUSE = 100;

const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

/** Films an element until it is told to stop, or for the longest time; the end of the name belongs to its kind. */
export async function film(
  element: HTMLElement,
  ground: string,
  stop: AbortSignal,
): Promise<{ film: Blob; ending: string }> {
  const kind =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  if (kind === undefined) throw problem('noFilms');
  const canvas = document.createElement('canvas');
  await paint(element, ground, canvas, 1);
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: kind, videoBitsPerSecond: 4e6 });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const done = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
  recorder.start();
  const end = performance.now() + LONGEST;
  while (!stop.aborted && performance.now() < end && element.isConnected) {
    await paint(element, ground, canvas);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  recorder.stop();
  await done;
  return { film: new Blob(pieces, { type: kind }), ending: kind.startsWith('video/mp4') ? 'mp4' : 'webm' };
}
