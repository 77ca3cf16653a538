/** Types of `<density-playground>`, which importing this package defines. Its attributes are properties, too. */

/** A run's last measurement, in nats. */
export interface Measured {
  step: number;
  nll: number;
  /** Null where the target's density is not known. */
  kl: number | null;
  /** Of both; null where none can be given. */
  standard_error: number | null;
}

export interface DensityPlaygroundEvents {
  /** Something was measured: of each run that stands side by side, in their order. */
  step: CustomEvent<{ step: number; runs: Measured[] }>;
  /** Every run is at the end of its schedule, or was stopped early. */
  converged: CustomEvent<{ step: number }>;
  /** Something went wrong; the page shows the same sentence. */
  error: CustomEvent<{ sentence: string }>;
}

export interface DensityPlaygroundElement extends HTMLElement {
  /** What stands behind the # of the page's address. */
  link: string;
  /** The views to open, with commas between them. */
  views: string;
  addEventListener<K extends keyof DensityPlaygroundEvents>(
    type: K,
    listener: (this: DensityPlaygroundElement, event: DensityPlaygroundEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'density-playground': DensityPlaygroundElement;
  }
}
