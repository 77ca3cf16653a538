/** What a run has from the page that it is on, and tells it: so a run knows no more of a page than this. */

import type { DataTable } from '../tables/data-table';
import type { DevicePreference, Field, Force, TargetSpec } from '../engine/protocol';

/** A sentence for the person, with a way out where there is one. */
export interface Notice {
  sentence: string;
  remedy?: { label: string; act: () => void };
}

/** What is on the stages. */
export interface Shown {
  density: boolean;
  model: boolean;
  target: boolean;
  samples: boolean;
  logarithmic: boolean;
}

/** Which of the page's runs speaks. */
export interface Teller {
  readonly key: number;
  readonly experiment: { target: TargetSpec };
}

export interface RunHost {
  readonly temperature: number;
  /** Place in the list of training speeds. */
  readonly pace: number;
  /** Samples on the stage. */
  readonly sampleCount: number;
  /** Where runs are to train. */
  readonly devicePreference: DevicePreference;
  setDevicePreference(preference: DevicePreference): void;
  readonly force: Force;
  /** Processors that each run may use. */
  readonly processorsForEach: number;
  /** Whether a person can see the page, or wants runs to go on unseen. */
  readonly visible: boolean;
  readonly trainsUnseen: boolean;
  setTrainsUnseen(on: boolean): void;
  readonly shown: Shown;
  readonly thumbnails: (Field | null)[];
  /** The rows that an Experiment learns from, where it learns from a table that is here. */
  tableOf(experiment: unknown): DataTable | null;
  /** A person has changed the run's Experiment; `back`: has come back to one that was left. */
  changed(run: Teller, back: boolean): void;
  /** The run's Experiment was taken by the core. */
  opened(): void;
  /** The run is on its way: the page has time for other pictures. */
  drawThumbnails(): void;
  /** The first Experiment, from a link, was refused. */
  refuseLink(why: string): void;
  /** The run has another worker. */
  chose(): void;
  /** Answers about the run may have been dropped. */
  renewViews(): void;
}
