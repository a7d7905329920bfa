import { describe, expect, test, vi } from 'vitest';
import { whenTrayIsPresent } from '../../../../src/main/tray/tray-presence.ts';
import { settle } from '../../../support/basics/fake-world.ts';

function harness(platform: NodeJS.Platform, answers: readonly boolean[] = []) {
  const left = [...answers];
  const timers = new Map<() => void, number>();
  const hasHost = vi.fn(async () => left.shift() ?? false);
  const onPresent = vi.fn();
  const stop = whenTrayIsPresent({
    platform,
    hasHost,
    onPresent,
    after: (delay, task) => {
      timers.set(task, delay);
      return () => timers.delete(task);
    },
  });
  /** Lets the next timer fire; answers how long it was, or null without one. */
  const pass = async (): Promise<number | null> => {
    await settle();
    const [next] = timers;
    if (next === undefined) return null;
    timers.delete(next[0]);
    next[0]();
    await settle();
    return next[1];
  };
  return { hasHost, onPresent, pass, stop };
}

describe('the detection of a tray', () => {
  test.each(['darwin', 'win32'] as const)('succeeds at once on %s', (platform) => {
    const { hasHost, onPresent } = harness(platform);
    expect(onPresent).toHaveBeenCalledOnce();
    expect(hasHost).not.toHaveBeenCalled();
  });

  test('succeeds on Linux when the desktop has a tray host', async () => {
    const { onPresent, pass } = harness('linux', [true]);
    expect(onPresent).not.toHaveBeenCalled();
    expect(await pass()).toBeNull();
    expect(onPresent).toHaveBeenCalledOnce();
  });

  test('is retried after a login, when the desktop’s panel may still be starting', async () => {
    const { hasHost, onPresent, pass } = harness('linux', [false, false, true]);
    await pass();
    expect(onPresent).not.toHaveBeenCalled();
    await pass();
    expect(onPresent).toHaveBeenCalledOnce();
    expect(await pass()).toBeNull();
    expect(hasHost).toHaveBeenCalledTimes(3);
  });

  test('gives up on a desktop without one', async () => {
    const { onPresent, pass } = harness('linux');
    let total = 0;
    for (let delay = await pass(); delay !== null; delay = await pass()) total += delay;
    expect(total).toBe(120_000);
    expect(onPresent).not.toHaveBeenCalled();
  });

  test('ends when the app quits meanwhile', async () => {
    const { onPresent, pass, stop } = harness('linux', [true]);
    stop();
    await pass();
    expect(onPresent).not.toHaveBeenCalled();
  });
});
