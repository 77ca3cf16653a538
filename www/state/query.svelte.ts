/** A view's standing question, for as long as the view is open. */

import type { Answer, Question, QuestionName } from '../engine/protocol';
import type { InspectorClient } from '../engine/inspector-client';
import { translate } from '../i18n';

/** Who answers standing questions: the inspector, which looks at a run, or whoever has answers. */
export type AnswerSource = Pick<InspectorClient, 'subscribe' | 'unsubscribe'>;

/** The latest answer to a question, which may change; null: nothing is asked. */
export class Query<Name extends QuestionName> {
  answer = $state.raw<Answer<Name> | null>(null);
  /** The step that the answer is of. */
  step = $state(0);
  /** Why there is none. */
  trouble = $state<string | null>(null);

  /** To be made while a component is set up: the question ends with it. */
  constructor(host: () => { inspector: AnswerSource }, view: string, question: () => Question<Name> | null) {
    const { inspector } = host();
    $effect(() => {
      const now = question();
      if (!now) {
        inspector.unsubscribe(view);
        return;
      }
      inspector.subscribe<Name>(
        view,
        now,
        (answer, step) => {
          this.answer = answer;
          this.step = step;
          this.trouble = null;
        },
        (sentence) => (this.trouble = translate(sentence)),
      );
    });
    $effect(() => () => inspector.unsubscribe(view));
  }
}
