/** A view's standing question to all runs side by side. */

import { untrack } from 'svelte';
import { InspectorClient, type Inspected } from '../engine/inspector-client';
import type { Answer, Question, QuestionName } from '../engine/protocol';
import { translate } from '../i18n';
import { Query, type AnswerSource } from './query.svelte';

/** A run as far as it can be asked. */
export interface Askable extends Inspected {
  readonly key: number;
  readonly step: number;
}

/** Who has the runs, and looks at the chosen one. */
interface Host {
  readonly run: Askable;
  readonly runs: readonly Askable[];
  readonly inspector: AnswerSource;
}

/** What is known of a run; without an answer `trouble` says why. */
export interface Answered<Name extends QuestionName> {
  /** The run's, when it was asked: another one begins anew. */
  id: number;
  step: number;
  answer: Answer<Name> | null;
  trouble: string | null;
}

/**
 * The chosen run is asked as by any view. The others are asked in turn, by one more inspector that is there while there are others: a
 * worker holds the copy of one run, and four of them would take the processors from the training.
 */
export class QueryOfAll<Name extends QuestionName> {
  #answers = $state.raw<Readonly<Record<number, Answered<Name>>>>({});
  readonly #host: () => Host;
  readonly #view: string;
  readonly #question: Question<Name>;
  #inspector: InspectorClient | null = null;
  /** Whom the other inspector has been asked about. */
  #asked: { key: number; id: number } | null = null;

  /** To be made while a component is set up: the question ends with it. */
  constructor(host: () => Host, view: string, question: Question<Name>) {
    this.#host = host;
    this.#view = view;
    this.#question = question;
    const chosen = new Query<Name>(host, view, () => question);
    $effect(() => {
      const { answer, step, trouble } = chosen;
      // Only answers of the run that is chosen are heard; whichever is chosen later has not given this one.
      if (answer !== null || trouble !== null) untrack(() => this.#put(host().run, answer, step, trouble));
    });
    $effect(() => this.#askOthers());
    $effect(() => () => this.#close());
  }

  /** What is known of a run as it is; null: nothing yet. */
  of({ key, id }: Askable): Answered<Name> | null {
    const known = this.#answers[key];
    return known?.id === id ? known : null;
  }

  #put({ key, id }: Askable, answer: Answer<Name> | null, step: number, trouble: string | null): void {
    this.#answers = { ...this.#answers, [key]: { id, step, answer, trouble } };
  }

  /** Asks about the run whose answer is the oldest, once the last question is answered. */
  #askOthers(): void {
    const { run, runs } = this.#host();
    const others = runs.filter(({ key }) => key !== run.key);
    if (others.length === 0) return this.#close();
    const stale = others.filter((one) => this.of(one)?.step !== one.step);
    const asked = others.find(({ key, id }) => key === this.#asked?.key && id === this.#asked.id);
    if (asked && (others.length === 1 || stale.includes(asked))) return;
    const age = (one: Askable) => this.of(one)?.step ?? -1;
    const [next] = stale.sort((a, b) => age(a) - age(b));
    if (next) this.#ask(next);
  }

  #ask(run: Askable): void {
    this.#asked = { key: run.key, id: run.id };
    this.#inspector ??= new InspectorClient((sentence) => {
      this.#put(run, null, run.step, translate(sentence));
      this.#close();
    });
    const hear = (answer: Answer<Name> | null, step: number, trouble: string | null) => {
      if (this.#host().runs.length > 2) this.#asked = null;
      this.#put(run, answer, step, trouble);
    };
    this.#inspector.attach(run);
    this.#inspector.subscribe<Name>(
      this.#view,
      this.#question,
      (answer, step) => hear(answer, step, null),
      (sentence) => hear(null, run.step, translate(sentence)),
    );
  }

  #close(): void {
    this.#inspector?.close();
    this.#inspector = null;
    this.#asked = null;
  }
}
