/** Gives whoever looks at a run its parameters, when asked and when there are new ones. */

import type { CoreRun } from './core';
import { Given, tableOf } from './given-tables';
import type { Parameters } from './protocol';

/** The run that is looked at: its id, and that of the start or retarget that its Experiment is of. */
export interface Subject {
  id: number;
  targetId: number;
  core: CoreRun;
}

const NOTHING = { run: -1, targetId: -1, step: -1 };

export class ParametersPort {
  readonly #port: MessagePort;
  #waits = false;
  #sent = NOTHING;
  readonly #given = new Given();

  /** `onRequest`: parameters are waited for. */
  constructor(port: MessagePort, onRequest: () => void) {
    this.#port = port;
    port.onmessage = () => {
      this.#waits = true;
      onRequest();
    };
  }

  /** Sends them where they are waited for and new. */
  offer({ id, targetId, core }: Subject): void {
    if (!this.#waits) return;
    const { step } = core;
    const other = this.#sent.run !== id || this.#sent.targetId !== targetId;
    if (!other && this.#sent.step === step) return;
    this.#waits = false;
    this.#sent = { run: id, targetId, step };
    const values = core.parameters();
    const experiment = other ? core.experiment() : null;
    const table = this.#given.first(tableOf(experiment));
    const message: Parameters = { run: id, experiment, table, step, values };
    this.#port.postMessage(message, [values.buffer]);
  }

  close(): void {
    this.#port.close();
  }
}
