import { describe, expect, test } from 'vitest';
import { type CallGuard, callGuard } from '../../../../src/core/protocol/call-guard.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

const straight: CallGuard = (call) => call();

/** A guard, and what has happened on it in order. */
function guarded(meter: CallGuard = straight) {
  const log: string[] = [];
  const unexpected: unknown[] = [];
  const guard = callGuard(meter, (error) => unexpected.push(error));
  const disk = Promise.withResolvers<void>();
  const call = (name: string, effect?: 'write' | 'read', wait: Promise<void> = Promise.resolve()) =>
    guard(async () => {
      await wait;
      log.push(name);
      return name;
    }, effect && { effect });
  return { log, unexpected, guard, disk, call };
}

/** Until everything has happened that waits for nothing from outside. */
const quiet = () => new Promise((resolve) => setImmediate(resolve));

describe('a read call', () => {
  test('waits for earlier writes, and for no other call', async () => {
    const { log, disk, call } = guarded();
    const calls = [
      call('read before', 'read'),
      call('slow greeting', undefined, new Promise(() => {})),
      call('write', 'write', disk.promise),
      call('read after', 'read'),
      call('greeting'),
    ];
    await quiet();
    expect(log).toEqual(['read before', 'greeting']);
    disk.resolve();
    await Promise.all([calls[2], calls[3]]);
    expect(log.slice(2)).toEqual(['write', 'read after']);
  });

  test('proceeds when an earlier write has failed', async () => {
    const { log, disk, call } = guarded();
    const write = call('write', 'write', disk.promise);
    const read = call('read', 'read');
    disk.reject(new ProblemError(problem('storage')));
    await expect(write).rejects.toThrow();
    await read;
    expect(log).toEqual(['read']);
  });

  test('waits in the slot of its own caller, behind the writes there too', async () => {
    const places: (() => void)[] = [];
    const metered: CallGuard = async (call) => {
      await new Promise<void>((resolve) => places.push(resolve));
      return call();
    };
    const { log, call } = guarded(metered);
    const calls = [call('write', 'write'), call('read', 'read')];
    await quiet();
    places[1]?.();
    await quiet();
    expect(log).toEqual([]);
    places[0]?.();
    await Promise.all(calls);
    expect(log).toEqual(['write', 'read']);
  });
});

describe('a write call', () => {
  test('waits for an earlier read that had to wait, and writes keep their order', async () => {
    const { log, disk, call } = guarded();
    const calls = [
      call('one', 'write', disk.promise),
      call('read', 'read'),
      call('two', 'write'),
      call('three', 'write'),
    ];
    await quiet();
    expect(log).toEqual([]);
    disk.resolve();
    await Promise.all(calls);
    await call('four', 'write');
    expect(log).toEqual(['one', 'read', 'two', 'three', 'four']);
  });

  test('waits neither for reads that need not wait nor for other writes', async () => {
    const { log, disk, call } = guarded();
    void call('read', 'read', disk.promise);
    void call('one', 'write', disk.promise);
    await call('two', 'write');
    expect(log).toEqual(['two']);
  });
});

describe('an internal error', () => {
  test('is reported to a caller only when it is a ProblemError', async () => {
    const { guard, unexpected } = guarded();
    const secret = new Error('/home/alice');
    await expect(guard(() => Promise.reject(secret))).rejects.toThrow(
      'The peer could not do that.',
    );
    expect(unexpected).toEqual([secret]);
    const told = new ProblemError(problem('bad-input', { reason: 'because' }));
    await expect(guard(() => Promise.reject(told))).rejects.toThrow('because');
    expect(unexpected).toHaveLength(1);
  });
});
