/**
 * What the page has asked a run's worker and has no answer to yet. One start or new target is on its way at a time, and at most
 * one waits behind it, the latest: a drag would pile them up. Every request has an id, and what comes late is told from what
 * counts. It knows neither page nor worker.
 */

import { nextId } from './ids';
import type {
  Experiment,
  Saved,
  Started,
  TargetSpec,
  TrainingEvent,
  TrainingRequest,
  Viewport,
} from './protocol';

/** Where the Experiment of a start is from: the page shows those of its own already, others once they are taken. */
export type Origin = 'page' | 'link' | 'file';

export interface StartPayload {
  experiment: unknown;
  viewport: Viewport;
  play: boolean;
  saved: Saved | null;
}

/** What the page shows, asked for when it is sent. */
export interface Payloads {
  start(): StartPayload;
  retarget(): { target: TargetSpec; viewport: Viewport };
}

/** A model as it was when it was asked for. */
export interface SavedModel {
  experiment: Experiment;
  saved: Saved;
}

type QueuedRequest =
  | { what: 'retarget' }
  | { what: 'start'; origin: 'page' }
  /** `over`: what the page shows was to be started, too. */
  | { what: 'start'; origin: 'link' | 'file'; payload: () => StartPayload; over: boolean };

interface Pending {
  id: number;
  request: QueuedRequest;
}

/** An event of the run that the page listens to. */
export type RunEvent = Extract<TrainingEvent, { run: number }>;

/** What an event means to the page. */
export type Heard =
  /** `latest`: nothing newer is asked for; else the page goes on showing what was. */
  | { what: 'started'; event: Started; origin: Origin; latest: boolean }
  | {
      what: 'refused';
      of: 'start' | 'retarget';
      origin: Origin;
      sentence: string;
      latest: boolean;
      /** What the worker goes on with, where the page has never shown it. */
      adopt: Experiment | null;
      /** What became of the run that goes on, while nobody listened. */
      missed: RunEvent[];
    }
  | { what: 'run'; event: RunEvent }
  | { what: 'failed'; sentence: string }
  /** An answer that somebody waited for, or one that comes too late. */
  | { what: 'nothing' };

const NOTHING: Heard = { what: 'nothing' };

export class InFlight {
  #pending: Pending | null = null;
  #queued: QueuedRequest | null = null;
  /** The run that the worker has; 0: none. */
  #live = 0;
  /** It is of a link or a file that the page has never shown. */
  #unshown: Experiment | null = null;
  #missed = new Map<string, RunEvent>();
  #saves = new Map<number, { resolve: (model: SavedModel) => void; reject: (why: Error) => void }>();
  #failure: string | null = null;
  /** What is tried once more by a new worker: it may be what the old one failed of. */
  #retried: QueuedRequest | null = null;
  readonly #send: (request: TrainingRequest) => void;
  readonly #payloads: Payloads;

  constructor(send: (request: TrainingRequest) => void, payloads: Payloads) {
    this.#send = send;
    this.#payloads = payloads;
  }

  /** The run that the page is about: the one that was asked for last. */
  get run(): number {
    return this.#pending?.request.what === 'start' ? this.#pending.id : this.#live;
  }

  /** The worker has the run that was asked for last, and nothing else is to begin. */
  get settled(): boolean {
    return this.run === this.#live && this.#queued?.what !== 'start';
  }

  /** Why the worker can't go on; null: it can. */
  get failure(): string | null {
    return this.#failure;
  }

  /** A link, a file or what was kept is on its way: the page shows something else still. */
  get opening(): boolean {
    const foreign = (request: QueuedRequest | undefined | null) =>
      request?.what === 'start' && request.origin !== 'page';
    return foreign(this.#pending?.request) || foreign(this.#queued);
  }

  /** A start waits to be sent. */
  get startWaits(): boolean {
    return this.#queued?.what === 'start';
  }

  /** What the page shows is to be started, or is to be the target of the run. */
  want(what: 'start' | 'retarget'): void {
    if (this.#queued?.what !== 'start' || this.#queued.origin !== 'page')
      this.#queued =
        what === 'start' || this.#queued?.what === 'start'
          ? { what: 'start', origin: 'page' }
          : { what: 'retarget' };
    this.#next();
  }

  /** What nobody has checked is to be started. */
  open(origin: 'link' | 'file', payload: () => StartPayload): void {
    const old = this.#queued;
    const over = old !== null && (old.what === 'retarget' || old.origin === 'page' || old.over);
    this.#queued = { what: 'start', origin, payload, over };
    this.#next();
  }

  /** The model of the worker's run, as it is when the worker comes to it, or, with `past`, as it is shown. It comes back once, or the promise is broken with a sentence. */
  save(past = false): Promise<SavedModel> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(new Error(this.#failure));
      const id = nextId();
      this.#saves.set(id, { resolve, reject });
      this.#send({ kind: 'save', id, past });
    });
  }

  /** A new worker is there. What waits is sent, else what the page shows. */
  restart(): void {
    this.#failure = null;
    if (this.#queued?.what !== 'start') this.#queued = { what: 'start', origin: 'page' };
    this.#retried = this.#queued;
    this.#next();
  }

  #next(): void {
    const request = this.#queued;
    if (this.#pending || !request || this.#failure !== null) return;
    this.#queued = null;
    const id = nextId();
    this.#pending = { id, request };
    if (request.what === 'start') {
      const payload = request.origin === 'page' ? this.#payloads.start() : request.payload();
      this.#send({ kind: 'start', id, ...payload });
    } else {
      const { target, viewport } = this.#payloads.retarget();
      // The window first: the picture of the new target is taken through it.
      this.#send({ kind: 'viewport', viewport });
      this.#send({ kind: 'retarget', id, target });
    }
  }

  /** Takes what the worker says into account, and says what it means. */
  hear(event: TrainingEvent): Heard {
    switch (event.kind) {
      case 'started':
        return this.#started(event);
      case 'refused':
        return this.#refused(event.id, event.sentence);
      case 'saved':
        this.#saves.get(event.id)?.resolve({ experiment: event.experiment, saved: event.saved });
        this.#saves.delete(event.id);
        return NOTHING;
      case 'failed':
        return this.#failed(event.sentence);
      case 'field':
        return NOTHING;
      default:
        return this.#ofRun(event);
    }
  }

  #started(event: Started): Heard {
    if (event.id !== this.#pending?.id || this.#pending.request.what !== 'start') return NOTHING;
    const { origin } = this.#pending.request;
    this.#pending = null;
    this.#live = event.id;
    this.#missed.clear();
    const latest = this.#queued === null;
    this.#unshown = !latest && origin !== 'page' ? event.experiment : null;
    this.#next();
    return { what: 'started', event, origin, latest };
  }

  #refused(id: number, sentence: string): Heard {
    const save = this.#saves.get(id);
    if (save) {
      this.#saves.delete(id);
      save.reject(new Error(sentence));
      return NOTHING;
    }
    if (id !== this.#pending?.id) return NOTHING;
    const { request } = this.#pending;
    this.#pending = null;
    const foreign = request.what === 'start' && request.origin !== 'page' ? request : null;
    // What the page shows was to be started before the link or the file came.
    if (foreign?.over) this.#queued ??= { what: 'start', origin: 'page' };
    const latest = this.#queued === null;
    const adopt = latest && foreign ? this.#unshown : null;
    if (adopt) this.#unshown = null;
    const missed = this.settled ? [...this.#missed.values()] : [];
    if (this.settled) this.#missed.clear();
    this.#next();
    const origin = foreign?.origin ?? 'page';
    return { what: 'refused', of: request.what, origin, sentence, latest, adopt, missed };
  }

  #failed(sentence: string): Heard {
    this.#failure = sentence;
    const pending = this.#pending?.request;
    // What was on its way is as good as not sent: the page may have shown nothing else yet.
    if (!this.#queued && pending?.what === 'start' && pending !== this.#retried) this.#queued = pending;
    this.#pending = null;
    this.#live = 0;
    this.#missed.clear();
    for (const { reject } of this.#saves.values()) reject(new Error(sentence));
    this.#saves.clear();
    return { what: 'failed', sentence };
  }

  #ofRun(event: RunEvent): Heard {
    if (event.kind === 'target' && event.id === this.#pending?.id) {
      this.#pending = null;
      this.#next();
    }
    if (event.run === this.#live && this.settled) return { what: 'run', event };
    // The run may go on, where what was asked for is refused; a frame can be had anew.
    if (event.run === this.#live && event.kind !== 'frame') {
      const about = event.kind === 'resumed' ? 'paused' : event.kind;
      this.#missed.delete(about);
      this.#missed.set(about, event);
    }
    return NOTHING;
  }
}
