import { describe, expect, test, vi } from 'vitest';
import { followPaused } from '../../../../src/main/app/paused.ts';
import type { EventBatch } from '../../../../src/shared/bridge/events.ts';
import type { Self } from '../../../../src/shared/model/model.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { settle } from '../../../support/basics/fake-world.ts';

function self(code: 'paused' | 'internal' | null): Self {
  return { problem: code === null ? null : problem(code) } as Self;
}

function fakeCore(first: Self) {
  let now = first;
  let seq = 7;
  const live = new Map<(batch: EventBatch) => void, number>();
  const app = {
    snapshot: vi.fn(async () => ({ seq, self: now, conversations: [], arrivedAfter: 0 })),
    subscribe: (afterSeq: number, listener: (batch: EventBatch) => void) => {
      live.set(listener, afterSeq);
      return () => void live.delete(listener);
    },
  };
  const tell = (batch: EventBatch): void => {
    for (const listener of [...live.keys()]) listener(batch);
  };
  const change = (next: Self): void => {
    now = next;
    seq += 1;
    tell({ type: 'events', events: [{ seq, event: { type: 'self-changed', self: next } }] });
  };
  const skip = (next: Self): void => {
    now = next;
    seq += 100;
    tell({ type: 'gap' });
  };
  return { app, change, live, skip };
}

describe('the paused state of the core', () => {
  test('is reported at once and after each change, from any window', async () => {
    const { app, change, live } = fakeCore(self(null));
    const onChange = vi.fn();
    await followPaused(app, onChange);
    expect([...live.values()]).toEqual([7]);
    change(self('paused'));
    change(self(null));
    expect(onChange.mock.calls).toEqual([[false], [true], [false]]);
  });

  test('is reported only when it changes, and no other warning counts as paused', async () => {
    const { app, change } = fakeCore(self('paused'));
    const onChange = vi.fn();
    await followPaused(app, onChange);
    change(self('paused'));
    change(self('internal'));
    change(self(null));
    expect(onChange.mock.calls).toEqual([[true], [false]]);
  });

  test('is read again after a gap in the events', async () => {
    const { app, change, live, skip } = fakeCore(self(null));
    const onChange = vi.fn();
    await followPaused(app, onChange);
    skip(self('paused'));
    await settle();
    expect([...live.values()]).toEqual([107]);
    change(self(null));
    expect(onChange.mock.calls).toEqual([[false], [true], [false]]);
  });

  test('is no longer followed after unsubscribing', async () => {
    const { app, live } = fakeCore(self(null));
    const stop = await followPaused(app, () => undefined);
    stop();
    expect(live.size).toBe(0);
  });
});
