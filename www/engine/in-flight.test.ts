import { beforeEach, describe, expect, it } from 'vitest';
import { CRESCENT, EMPTY, experimentOf, MOONS } from './fakes';
import { type Heard, InFlight, type StartPayload } from './in-flight';
import type { Experiment, Frame, TrainingEvent, TrainingRequest, Viewport } from './protocol';

const viewport = {} as Viewport;
const frame = (run: number, id = 1) => ({ kind: 'frame', id, run }) as Frame;

let sent: TrainingRequest[];
let page: Experiment;
let flight: InFlight;

const payload = (experiment: unknown): (() => StartPayload) => {
  return () => ({ experiment, viewport, play: true, saved: null });
};

beforeEach(() => {
  sent = [];
  page = experimentOf(MOONS);
  flight = new InFlight((request) => sent.push(request), {
    start: () => payload(page)(),
    retarget: () => ({ target: page.target, viewport }),
  });
});

const all = <K extends TrainingRequest['kind']>(kind: K) =>
  sent.filter((request) => request.kind === kind) as Extract<TrainingRequest, { kind: K }>[];

/** The id of the last request of a kind. */
function idOf(kind: 'start' | 'retarget' | 'save'): number {
  const request = all(kind).at(-1);
  if (!request) throw new Error(`no ${kind} was sent`);
  return request.id;
}

const started = (id: number, experiment = page): TrainingEvent => ({
  kind: 'started',
  id,
  experiment,
  step: 0,
  parameterCount: 1,
  evaluations: [],
});
const refused = (id: number, sentence = 'no'): TrainingEvent => ({ kind: 'refused', id, sentence });

/** A run that the worker has. */
function run(): number {
  flight.want('start');
  const id = idOf('start');
  flight.hear(started(id));
  return id;
}

describe('starts', () => {
  it('go one at a time, and the last one wins', () => {
    flight.want('start');
    const first = idOf('start');
    page = experimentOf(CRESCENT);
    flight.want('start');
    page = experimentOf(MOONS, { seed: 3 });
    flight.want('start');
    expect(all('start')).toHaveLength(1);
    expect(flight.hear(started(first))).toMatchObject({ what: 'started', latest: false });
    expect(all('start')).toHaveLength(2);
    expect(all('start').at(-1)?.experiment).toBe(page);
    expect(idOf('start')).toBeGreaterThan(first);
    expect(flight.settled).toBe(false);
    expect(flight.hear(started(idOf('start')))).toMatchObject({ what: 'started', latest: true });
    expect(flight.settled).toBe(true);
    expect(flight.run).toBe(idOf('start'));
  });

  it('hide what the old run still says', () => {
    const old = run();
    expect(flight.hear(frame(old))).toMatchObject({ what: 'run' });
    flight.want('start');
    expect(flight.hear(frame(old, 2))).toEqual({ what: 'nothing' });
    flight.hear(started(idOf('start')));
    expect(flight.hear(frame(old, 3))).toEqual({ what: 'nothing' });
    expect(flight.hear(frame(idOf('start'), 4))).toMatchObject({ what: 'run' });
  });

  it('refused bring the old run back, with what became of it meanwhile', () => {
    const old = run();
    flight.want('start');
    const paused: TrainingEvent = { kind: 'paused', run: old, reason: { why: 'end' } };
    flight.hear(paused);
    const heard = flight.hear(refused(idOf('start'), 'no such seed'));
    expect(heard).toMatchObject({ what: 'refused', of: 'start', origin: 'page', sentence: 'no such seed' });
    expect((heard as Extract<Heard, { what: 'refused' }>).missed).toEqual([paused]);
    expect(flight.run).toBe(old);
    expect(flight.hear(frame(old))).toMatchObject({ what: 'run' });
  });

  it('two in flight, the second refused: the page follows the run that the worker has', () => {
    flight.open('link', payload('first'));
    const first = idOf('start');
    flight.open('link', payload('second'));
    const taken = experimentOf(CRESCENT);
    expect(flight.hear(started(first, taken))).toMatchObject({ latest: false });
    const heard = flight.hear(refused(idOf('start')));
    // The page has never shown it.
    expect(heard).toMatchObject({ what: 'refused', origin: 'link', latest: true, adopt: taken });
    expect(flight.run).toBe(first);
    expect(flight.settled).toBe(true);
    expect(flight.hear(frame(first))).toMatchObject({ what: 'run' });
  });

  it('of a refused file give way to what the page shows already', () => {
    run();
    page = experimentOf(CRESCENT);
    flight.want('start');
    const first = idOf('start');
    page = experimentOf(CRESCENT, { seed: 2 });
    flight.want('start');
    flight.open('file', payload('broken'));
    flight.hear(started(first));
    expect(all('start').at(-1)?.experiment).toBe('broken');
    expect(flight.hear(refused(idOf('start')))).toMatchObject({ latest: false, adopt: null });
    expect(all('start').at(-1)?.experiment).toBe(page);
  });

  it('that are answered twice, or never were asked for, change nothing', () => {
    const id = run();
    expect(flight.hear(started(id))).toEqual({ what: 'nothing' });
    expect(flight.hear(started(id + 100))).toEqual({ what: 'nothing' });
    expect(flight.hear(refused(id + 100))).toEqual({ what: 'nothing' });
    expect(flight.run).toBe(id);
  });
});

describe('targets', () => {
  const target = (id: number, of: number) =>
    ({ kind: 'target', id, run: of, picture: null }) as unknown as TrainingEvent;

  it('go one at a time; only the picture of the target that was sent lets the next one go', () => {
    const id = run();
    flight.want('retarget');
    const first = idOf('retarget');
    page = experimentOf(CRESCENT);
    flight.want('retarget');
    expect(all('retarget')).toHaveLength(1);
    // A picture of the old target, through another window.
    expect(flight.hear(target(id, id))).toMatchObject({ what: 'run' });
    expect(all('retarget')).toHaveLength(1);
    flight.hear(target(first, id));
    expect(all('retarget').at(-1)).toMatchObject({ target: CRESCENT });
  });

  it('give way to a start', () => {
    const id = run();
    flight.want('retarget');
    flight.want('retarget');
    flight.want('start');
    flight.want('retarget');
    flight.hear(target(idOf('retarget'), id));
    expect(all('retarget')).toHaveLength(1);
    expect(all('start')).toHaveLength(2);
  });

  it('without anything on them are refused, and the run goes on', () => {
    const id = run();
    flight.want('retarget');
    expect(flight.hear(refused(idOf('retarget'), EMPTY))).toMatchObject({
      what: 'refused',
      of: 'retarget',
      sentence: EMPTY,
      latest: true,
    });
    expect(flight.hear(frame(id))).toMatchObject({ what: 'run' });
  });
});

describe('saves', () => {
  it('overtaken by a start come back once, with what they were of', async () => {
    run();
    const first = flight.save();
    const [id] = [idOf('save')];
    page = experimentOf(CRESCENT);
    flight.want('start');
    const second = flight.save();
    const saved = { step: 7, values: new Float32Array() };
    const model = { experiment: experimentOf(MOONS), saved };
    flight.hear({ kind: 'saved', id, ...model });
    await expect(first).resolves.toEqual(model);
    flight.hear(started(idOf('start')));
    const other = { experiment: page, saved: { ...saved, step: 0 } };
    // Twice makes no difference.
    flight.hear({ kind: 'saved', id, ...other });
    flight.hear({ kind: 'saved', id: idOf('save'), ...other });
    await expect(second).resolves.toEqual(other);
  });

  it('are refused with a sentence where there is nothing to save', async () => {
    const save = flight.save();
    flight.hear(refused(idOf('save'), 'There is no model to save yet.'));
    await expect(save).rejects.toThrow('There is no model to save yet.');
  });
});

describe('a worker that is lost', () => {
  it('is told at once, also to whoever waits, and nothing is sent to it', async () => {
    run();
    const save = flight.save();
    expect(flight.hear({ kind: 'failed', sentence: 'gone' })).toEqual({ what: 'failed', sentence: 'gone' });
    await expect(save).rejects.toThrow('gone');
    await expect(flight.save()).rejects.toThrow('gone');
    const before = sent.length;
    flight.want('start');
    expect(sent).toHaveLength(before);
    expect(flight.failure).toBe('gone');
  });

  it('before the first run: another one begins with what the link asked for', () => {
    flight.open('link', payload('of the link'));
    flight.hear({ kind: 'failed', sentence: 'The core could not be loaded' });
    flight.restart();
    expect(all('start').map(({ experiment }) => experiment)).toEqual(['of the link', 'of the link']);
    flight.hear(started(idOf('start')));
    expect(flight.settled).toBe(true);
  });

  it('twice of the same start: then with what the page shows', () => {
    flight.open('file', payload('poison'));
    flight.hear({ kind: 'failed', sentence: 'fault' });
    flight.restart();
    flight.hear({ kind: 'failed', sentence: 'fault' });
    flight.restart();
    expect(all('start').at(-1)?.experiment).toBe(page);
  });

  it('and a change meanwhile: another one begins with the change', () => {
    run();
    flight.hear({ kind: 'failed', sentence: 'gone' });
    page = experimentOf(CRESCENT);
    flight.want('retarget');
    flight.restart();
    expect(all('start').at(-1)?.experiment).toBe(page);
  });
});
