import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Delivered, MAX_ENVELOPES } from '../../../../src/core/protocol/contract.ts';
import {
  InOrderReceiver,
  type RawEnvelope,
} from '../../../../src/core/protocol/in-order-receiver.ts';

type Fate = 'taken' | 'refused' | 'put off' | 'fails';

/** A line whose receiver deals with each message as it is told, and what it has taken, in order. */
function lineOf(fates: ReadonlyMap<string, Fate>) {
  const taken: string[] = [];
  const calls: number[] = [];
  let busy = false;
  const take = async (batch: readonly RawEnvelope[]): Promise<Delivered> => {
    expect(busy, 'two batches were stored at once').toBe(false);
    busy = true;
    calls.push(batch.length);
    await Promise.resolve();
    busy = false;
    const ids = batch.map(({ id }) => id);
    const having = (fate: Fate) => ids.filter((id) => (fates.get(id) ?? 'taken') === fate);
    if (having('fails').length > 0) throw new Error('The disk is full.');
    if (having('put off').length > 0) return { accepted: [], refused: [], later: ids };
    taken.push(...ids);
    const refused = having('refused').map((id) => ({ id, reason: 'too long' }));
    return { accepted: having('taken'), refused };
  };
  return { line: new InOrderReceiver(take), taken, calls };
}

const batchOf = (ids: readonly string[]): readonly RawEnvelope[] => ids.map((id) => ({ id }));

test('no message is stored before its predecessor, whatever happens to a batch', async () => {
  const fate = fc.constantFrom<Fate>('taken', 'taken', 'taken', 'refused', 'put off', 'fails');
  const story = fc.array(
    fc.record({ fates: fc.array(fate, { minLength: 1, maxLength: 5 }), pause: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(story, async (batches) => {
      const fates = new Map<string, Fate>();
      const sent = batches.map(({ fates: each }, n) =>
        each.map((one, m) => {
          const id = `${n}.${m}`;
          fates.set(id, one);
          return id;
        }),
      );
      const { line, taken } = lineOf(fates);
      const answers: Promise<Delivered | null>[] = [];
      for (const [n, ids] of sent.entries()) {
        // All but the first are sent before the one before them is answered.
        const after = sent[n - 1]?.at(-1) ?? null;
        answers.push(line.receive(batchOf(ids), after).catch(() => null));
        if (batches[n]?.pause) await Promise.all(answers);
      }
      const told = await Promise.all(answers);
      // What was taken is a beginning of what was sent.
      expect(taken).toEqual(sent.flat().slice(0, taken.length));
      // Each answer is about its own batch, and true.
      for (const [n, answer] of told.entries()) {
        if (answer === null) continue;
        const about = [...answer.accepted, ...answer.refused.map(({ id }) => id)];
        expect([...about, ...(answer.later ?? [])].sort()).toEqual([...(sent[n] ?? [])].sort());
        for (const id of about) expect(taken).toContain(id);
        for (const id of answer.later ?? []) expect(taken).not.toContain(id);
      }
    }),
    { numRuns: 300 },
  );
});

test('a sender with one batch in flight need not name a predecessor', async () => {
  const { line, taken } = lineOf(new Map([['b', 'fails']]));
  await line.receive(batchOf(['a']), null);
  await expect(line.receive(batchOf(['b']), null)).rejects.toThrow('The disk is full.');
  await line.receive(batchOf(['c']), null);
  expect(taken).toEqual(['a', 'c']);
});

test('small queued batches share a write, up to the maximum batch size', async () => {
  const { line, calls } = lineOf(new Map());
  const sent = Array.from({ length: 20 }, (_, n) =>
    Array.from({ length: n === 10 ? MAX_ENVELOPES : 5 }, (_, m) => `${n}.${m}`),
  );
  await Promise.all(
    sent.map((ids, n) =>
      line.receive(batchOf(ids), n === 0 ? null : (sent[n - 1]?.at(-1) ?? null)),
    ),
  );
  expect(calls.reduce((sum, size) => sum + size, 0)).toBe(sent.flat().length);
  expect(calls.length).toBeLessThan(sent.length / 2);
  expect(Math.max(...calls)).toBeLessThanOrEqual(MAX_ENVELOPES);
});

test('batches with long texts are not coalesced', async () => {
  const sizes: number[] = [];
  const line = new InOrderReceiver(async (batch) => {
    sizes.push(batch.length);
    return { accepted: batch.map(({ id }) => id), refused: [] };
  });
  const batch = (id: string, length: number) => [{ id, body: 'x'.repeat(length) }];
  const add = (id: string, after: string | null, length: number) =>
    line.receive(batch(id, length), after);
  await Promise.all([
    add('a', null, 10),
    add('b', 'a', 40_000),
    add('c', 'b', 20_000),
    add('d', 'c', 40_000),
    add('e', 'd', 65_000),
  ]);
  expect(sizes).toEqual([1, 2, 1, 1]);
});
