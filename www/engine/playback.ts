/** Whether a run trains, and how fast. */

import type { PauseReason } from './protocol';

/** What a run does. At rest, single steps may be due. */
export type Playback =
  | { state: 'resting'; singles: number }
  /** The pace counts from a time and a step. */
  | { state: 'playing'; since: number; from: number }
  | { state: 'paused'; reason: PauseReason; singles: number };

/** Steps a second at most; null: as many as there can be. */
export type Pace = number | null;

/** Steps that the pace leaves to take now, of a run at `step`. */
export function stepsDue(playback: Playback, pace: Pace, step: number, now: number): number {
  if (playback.state !== 'playing') return playback.singles;
  if (pace === null) return Infinity;
  // A little is forgiven: a timer may come a moment early.
  return Math.floor(playback.from + ((now - playback.since) * pace) / 1000 - step + 1e-6);
}

/** When the next step is due; `Infinity`: never. */
export function nextStepAt(playback: Playback, pace: Pace, step: number): number {
  if (playback.state !== 'playing') return playback.singles > 0 ? -Infinity : Infinity;
  if (pace === null) return -Infinity;
  return playback.since + ((step + 1 - playback.from) * 1000) / pace;
}
