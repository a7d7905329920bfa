import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameJob, type FrameSink } from '../../../../../src/core/net/frames/frame-job.ts';
import { DEFAULT_LIMITS } from '../../../../../src/shared/model/limits.ts';

function sinkTo(log: unknown[]): FrameSink {
  return {
    onChecked: (messages, held) => log.push({ messages, held }),
    waits: ({ refs }) => refs.some((id) => id > 0),
    onSettled: () => log.push('settled'),
    onMessage: (message) => log.push(message),
    onRefused: ({ code }) => log.push(code),
    onEnd: ({ message }) => log.push(message),
  };
}

/** What a frame becomes, piece by piece, and what each piece weighed. */
function run(text: string) {
  const log: unknown[] = [];
  const weights: number[] = [];
  const work = new FrameJob(Buffer.from(text), DEFAULT_LIMITS, sinkTo(log));
  for (let pieces = 0; !work.done; pieces += 1) {
    if (pieces > 10_000) throw new Error('There is no end of it.');
    weights.push(work.step());
  }
  return { log, weights };
}

const greet = ['push', ['pipeline', 0, ['greet'], []]];
const message = fc.oneof(
  fc.constant(greet),
  fc.nat(9).map((id) => ['pull', id]),
  fc.integer({ min: 1, max: 9 }).map((id) => ['release', id, 1]),
  fc.string().map((body) => ['push', ['pipeline', 0, ['chat'], [body]]]),
);

describe('a frame', () => {
  test('is dispatched message by message, in order, after all of it is validated', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
        const { log, weights } = run(messages.map((it) => JSON.stringify(it)).join('\n'));
        const pushes = messages.filter(([kind]) => kind === 'push').length;
        const releases = messages.filter(([kind]) => kind === 'release').length;
        expect(log).toEqual([{ messages: messages.length, held: pushes - releases }, ...messages]);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test('that is invalid anywhere is refused as a whole', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), fc.nat(20), (messages, at) => {
        const lines = messages.map((it) => JSON.stringify(it));
        lines.splice(at, 0, '["release"]');
        expect(run(lines.join('\n')).log).toEqual(['not-a-message']);
      }),
    );
  });

  test('waits for earlier calls before a message that needs their results', () => {
    const log: unknown[] = [];
    const onResult = ['push', ['pipeline', 1, ['chat'], []]];
    const text = [greet, onResult, greet].map((it) => JSON.stringify(it)).join('\n');
    const work = new FrameJob(Buffer.from(text), DEFAULT_LIMITS, sinkTo(log));
    while (work.waitsFor === null) work.step();
    expect(work.waitsFor).toBe('ended');
    expect(log).toEqual([{ messages: 3, held: 3 }, greet]);
    work.step();
    while (work.waitsFor === null) work.step();
    expect(work.waitsFor).toBe('begun');
    expect(log.slice(2)).toEqual(['settled', onResult]);
    while (!work.done) work.step();
    expect(log.slice(4)).toEqual([greet]);
  });

  test('waits for calls inside arguments before the next message, and before it ends', () => {
    const log: unknown[] = [];
    const nested = ['push', ['pipeline', 0, ['chat'], [['pipeline', 0, ['greet'], []]]]];
    const text = [nested, greet, nested].map((it) => JSON.stringify(it)).join('\n');
    const work = new FrameJob(Buffer.from(text), DEFAULT_LIMITS, sinkTo(log));
    while (work.waitsFor === null) work.step();
    expect(log.slice(1)).toEqual([nested]);
    work.step();
    while (work.waitsFor === null) work.step();
    expect(log.slice(1)).toEqual([nested, 'settled', greet, nested]);
    expect(work.done).toBe(false);
    work.step();
    expect(work.done).toBe(true);
  });

  test('ends the session at a message of unknown kind, once earlier calls have ended', () => {
    const log: unknown[] = [];
    const text = [greet, ['shutdown'], greet].map((it) => JSON.stringify(it)).join('\n');
    const work = new FrameJob(Buffer.from(text), DEFAULT_LIMITS, sinkTo(log));
    while (work.waitsFor === null) work.step();
    expect(log.slice(1)).toEqual([greet]);
    work.step();
    expect(log.slice(2)).toEqual(['settled', 'The message is of an unknown kind: "shutdown".']);
    expect(work.done).toBe(true);
  });

  test('costs more the more it asks for', () => {
    const weight = (text: string) => run(text).weights.reduce((sum, it) => sum + it, 0);
    const call = (method: string, argument: string) =>
      `["push",["pipeline",0,["${method}"],[${argument}]]]`;
    const plain = weight(call('greet', ''));
    const envelopes = (count: number) => `[[${Array(count).fill('{}').join()}]]`;
    expect(weight(call('chat', '"Hi"'))).toBeGreaterThan(plain + 15);
    expect(weight(call('deliver', envelopes(64)))).toBeGreaterThan(plain + 1_000);
    expect(weight(call('chat', `"${'x'.repeat(400_000)}"`))).toBeGreaterThan(plain + 900);
    expect(weight(call('chat', call('greet', '').slice(8, -1)))).toBeGreaterThan(plain + 20);
    expect(weight(Array(50).fill('["pull",1]').join('\n'))).toBeGreaterThan(plain + 300);
  });

  test('that is cancelled dispatches nothing further', () => {
    const log: unknown[] = [];
    const sink = { ...sinkTo(log), onChecked: () => {} };
    const work = new FrameJob(Buffer.from('["pull",1]\n["pull",2]'), DEFAULT_LIMITS, sink);
    while (log.length === 0) work.step();
    work.cancel();
    expect(work.done).toBe(true);
    expect(work.step()).toBe(1);
    expect(log).toEqual([['pull', 1]]);
  });
});
