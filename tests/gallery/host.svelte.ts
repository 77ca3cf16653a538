/** What the views of the gallery have to do with in place of the laboratory: a run that is over, and answers that were recorded. */

import { densityLevels } from '../../www/engine/contours';
import { scaleTop } from '../../www/render/heat';
import type { Answer, Cost, Costed, Question, QuestionName } from '../../www/engine/protocol';
import type { ViewHost } from '../../www/views/view';
import { decode, encode } from './codec';
import type { EnsembleReply, Recording, Reply, Report, Wish } from './recording';

declare global {
  interface Window {
    /** The core's own answer, where a recording is being made: an Experiment's name and what is asked, as text. */
    answerByCore?: (exhibit: string, wish: string) => Promise<string>;
  }
}

export class RecordedHost implements ViewHost {
  temperature = $state(1);
  readonly scaleMost: number;
  readonly devicePreference = 'cpu';
  readonly visible = true;
  readonly force = 'nothing';
  readonly run: ViewHost['run'];
  readonly runs: ViewHost['runs'];
  readonly #name: string;
  readonly #answers: Record<string, Reply>;
  /** By view, the latest question: an answer to an earlier one comes too late. */
  #asked: Readonly<Record<string, unknown>> = {};
  readonly #step: number;

  constructor(name: string, { report, answers }: Recording[string]) {
    const { experiment, window, picture, evaluations, coverage } = report satisfies Report;
    this.#name = name;
    this.#answers = answers;
    this.#step = evaluations.at(-1)?.step ?? 0;
    this.scaleMost = scaleTop(picture.field.values, densityLevels);
    this.run = {
      ...{ experiment, window, picture, evaluations },
      ...{ dim: 2, table: null, samplePoints: new Float32Array() },
      ...{ key: 0, id: 0, step: this.#step, engine: { inspect: () => undefined } },
      coverage: coverage.at(-1) ?? null,
      coverageHistory: coverage,
      device: { on: 'cpu', adapter: null, sentence: null },
      // Nothing trains here.
      change: () => undefined,
    };
    this.runs = [this.run];
  }

  setTemperature(temperature: number): void {
    this.temperature = temperature;
  }

  tableOf(): null {
    return null;
  }

  lay(): void {
    // There is no stage.
  }

  double(): void {
    // Nor one beside it.
  }

  async #reply<T extends Reply>(wish: Wish): Promise<T> {
    const text = encode(wish);
    const recorded = this.#answers[text];
    if (recorded) return recorded as T;
    if (window.answerByCore) return decode<T>(await window.answerByCore(this.#name, text));
    throw new Error(`No answer to ${text} was recorded: npm run record.`);
  }

  readonly inspector: ViewHost['inspector'] = {
    subscribe: <Name extends QuestionName>(
      view: string,
      question: Question<Name>,
      hear: (answer: Answer<Name>, step: number) => void,
      refuse: (sentence: string) => void,
    ) => {
      this.#asked = { ...this.#asked, [view]: question };
      const latest = () => this.#asked[view] === question;
      this.#reply(question as Wish).then(
        (answer) => latest() && hear(answer as Answer<Name>, this.#step),
        (error: Error) => latest() && refuse(error.message),
      );
    },
    unsubscribe: (view: string) => {
      this.#asked = { ...this.#asked, [view]: null };
    },
    cost: (model: Costed) => this.#reply<Cost>({ ask: 'cost', about: [model] }),
  };

  readonly ensemble: ViewHost['ensemble'] = (hear, end) => ({
    start: ({ groups, window, steps }) => {
      const whole = {
        kind: 'progress',
        id: 0,
        step: steps,
        adapter: null,
        sentence: null,
        done: true,
      } as const;
      this.#reply<EnsembleReply>({ ask: 'ensemble', about: [{ groups, window, steps }] }).then(
        (reply) => hear({ ...whole, ...reply }),
        (error: Error) => end(error.message),
      );
    },
    stop: () => undefined,
    see: () => undefined,
    close: () => undefined,
  });
}
