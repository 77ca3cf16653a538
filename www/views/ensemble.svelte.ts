/** What a view does with the ensemble that it trains: begins it, hears of it, stops it. */

import type { DevicePreference, EnsembleProgress } from '../engine/protocol';
import type { Condition } from '../state/ensembles';
import type { ViewHost } from './view';

export class ViewEnsemble {
  progress = $state.raw<EnsembleProgress | null>(null);
  /** Why it ended before its time: the last answers stay. */
  ended = $state<string | null>(null);
  running = $state(false);
  readonly #workspace: ViewHost;
  readonly #client: ReturnType<ViewHost['ensemble']>;

  /** Of a view that is being set up; it ends with the view. */
  constructor(workspace: ViewHost) {
    this.#workspace = workspace;
    this.#client = workspace.ensemble(
      (latest) => {
        this.progress = latest;
        if (latest.done) this.running = false;
      },
      (sentence) => {
        this.ended = sentence;
        this.running = false;
      },
    );
    $effect(() => () => this.#client.close());
    $effect(() => this.#client.see(workspace.visible));
  }

  begin(conditions: readonly Condition[], steps: number, preference: DevicePreference): void {
    this.progress = null;
    this.ended = null;
    this.running = true;
    this.#client.start({
      groups: conditions.map((condition) => condition.experiments),
      table: this.#workspace.tableOf(conditions[0]?.experiments[0]),
      steps,
      window: $state.snapshot(this.#workspace.run.window),
      preference,
      force: this.#workspace.force,
    });
  }

  stop(): void {
    this.#client.stop();
    this.running = false;
  }
}
