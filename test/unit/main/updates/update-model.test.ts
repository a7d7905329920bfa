import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterUpdateEvent,
  mayLook,
  NO_UPDATE,
  type UpdateEvent,
  updateStateOf,
} from '../../../../src/main/updates/update-model.ts';

const event: fc.Arbitrary<UpdateEvent> = fc.oneof(
  fc.boolean().map((on) => ({ type: 'wanted', on }) as const),
  fc.constantFrom('checking', 'available', 'none', 'failed').map((type) => ({ type }) as const),
  fc.string().map((version) => ({ type: 'downloaded', version }) as const),
);
const events = fc.array(event, { maxLength: 20 });
const modelAfter = (all: readonly UpdateEvent[]) => all.reduce(afterUpdateEvent, NO_UPDATE);

describe('a newer version', () => {
  test('stays ready once downloaded, whatever follows', () => {
    fc.assert(
      fc.property(events, fc.string(), events, (before, version, later) => {
        const still = later.filter((it) => it.type !== 'downloaded');
        const model = modelAfter([...before, { type: 'downloaded', version }, ...still]);
        expect(updateStateOf(model)).toEqual({ phase: 'ready', version });
        expect(mayLook(model)).toBe(false);
      }),
    );
  });

  test('is not checked for while a check, a download or an installation is pending', () => {
    fc.assert(
      fc.property(events, (all) => {
        const model = modelAfter(all);
        const busy = ['checking', 'downloading', 'ready'].includes(updateStateOf(model).phase);
        expect(mayLook(model)).toBe(!busy);
      }),
    );
  });

  test('is reported as off or idle according to the last setting', () => {
    fc.assert(
      fc.property(events, (all) => {
        const last = all.findLast((it) => it.type === 'wanted');
        const { phase } = updateStateOf(modelAfter(all));
        if (phase === 'off') expect(last?.on ?? false).toBe(false);
        if (phase === 'idle') expect(last?.on).toBe(true);
      }),
    );
  });

  test('that failed is reported as such until the next check', () => {
    const failed = modelAfter([
      { type: 'wanted', on: true },
      { type: 'checking' },
      { type: 'failed' },
    ]);
    expect(updateStateOf(failed)).toEqual({ phase: 'failed' });
    expect(updateStateOf(afterUpdateEvent(failed, { type: 'checking' }))).toEqual({
      phase: 'checking',
    });
  });
});
