import { describe, expect, test, vi } from 'vitest';
import { KeychainWait, type Question } from '../../../../src/main/os/keychain-wait.ts';

function harness(platform: NodeJS.Platform = 'linux') {
  const asked: { readonly question: Question; readonly answer: (button: string) => void }[] = [];
  const timers = new Map<() => void, number>();
  const leave = vi.fn();
  const onUnexpected = vi.fn();
  const wait = new KeychainWait({
    platform,
    ask: (question) =>
      new Promise((resolve) => {
        const answer = (button: string) => resolve({ response: question.buttons.indexOf(button) });
        // Electron answers so when it takes a message away.
        question.signal.addEventListener('abort', () => resolve({ response: question.cancelId }));
        asked.push({ question, answer });
      }),
    after: (delay, task) => {
      const timer = () => task();
      timers.set(timer, delay);
      return () => timers.delete(timer);
    },
    leave,
    onUnexpected,
  });
  /** Lets the next timer run; answers its delay. */
  const pass = (): number | undefined => {
    const [next] = timers;
    if (next === undefined) return undefined;
    const [task, delay] = next;
    timers.delete(task);
    task();
    return delay;
  };
  const visible = () =>
    asked.filter(({ question }) => !question.signal.aborted).map((it) => it.question.message);
  return { asked, leave, onUnexpected, pass, timers, visible, wait };
}

const forever = () => new Promise<never>(() => undefined);
const settled = () => new Promise(setImmediate);

describe('the wait for the keychain', () => {
  test('shows nothing when the keychain answers at once, and returns its result or error', async () => {
    const { timers, visible, wait } = harness();
    expect(await wait.during(async () => 'open')).toBe('open');
    await expect(wait.during(() => Promise.reject(new Error('D-Bus')))).rejects.toThrow('D-Bus');
    expect(timers.size).toBe(0);
    expect(visible()).toEqual([]);
  });

  test('is shown after three seconds, and hidden when the keychain answers', async () => {
    const { asked, leave, pass, timers, visible, wait } = harness();
    const keychain = Promise.withResolvers<string>();
    const answer = wait.during(() => keychain.promise);
    expect(pass()).toBe(3_000);
    expect(visible()).toEqual(['Parley is waiting for this computer’s keychain']);
    expect(asked[0]?.question.buttons).toEqual(['Keep waiting', 'Quit Parley']);
    keychain.resolve('open');
    expect(await answer).toBe('open');
    await settled();
    expect(visible()).toEqual([]);
    expect(timers.size).toBe(0);
    expect(leave).not.toHaveBeenCalled();
  });

  test.each([
    ['Try again', true],
    ['Quit Parley', false],
  ])('offers after a longer time: %s', async (button, again) => {
    const { asked, leave, pass, visible, wait } = harness();
    void wait.during(forever);
    pass();
    expect(pass()).toBe(27_000);
    expect(visible()).toEqual(['The keychain of this computer does not answer']);
    asked[1]?.answer(button);
    await settled();
    expect(leave.mock.calls).toEqual([[again]]);
  });

  test('continues as long as the user wants, with the question repeated', async () => {
    const { asked, leave, pass, wait } = harness();
    void wait.during(forever);
    pass();
    asked[0]?.answer('Keep waiting');
    await settled();
    for (const round of [1, 2, 3]) {
      pass();
      expect(asked).toHaveLength(1 + round);
      asked[round]?.answer('Keep waiting');
      await settled();
    }
    expect(leave).not.toHaveBeenCalled();
  });

  test('is shown at once in a new dialog when the app is started again', async () => {
    const { asked, pass, timers, visible, wait } = harness();
    wait.remind();
    expect(asked).toEqual([]);
    void wait.during(forever);
    pass();
    for (const count of [2, 3]) {
      wait.remind();
      expect(asked).toHaveLength(count);
      expect(visible()).toEqual(['The keychain of this computer does not answer']);
      expect(timers.size).toBe(0);
      await settled();
    }
    asked[2]?.answer('Keep waiting');
    await settled();
    expect(pass()).toBe(30_000);
    expect(asked).toHaveLength(4);
  });

  // There a message stops the app, and cannot be taken away.
  test('is shown on macOS only when a decision is needed', () => {
    const { pass, visible, wait } = harness('darwin');
    void wait.during(forever);
    expect(pass()).toBe(30_000);
    expect(visible()).toEqual(['The keychain of this computer does not answer']);
  });

  test('continues without a dialog when none can be shown', async () => {
    const error = new Error('no display');
    const onUnexpected = vi.fn();
    const tasks: (() => void)[] = [];
    const wait = new KeychainWait({
      platform: 'linux',
      ask: () => Promise.reject(error),
      after: (_delay, task) => {
        tasks.push(task);
        return () => undefined;
      },
      leave: vi.fn(),
      onUnexpected,
    });
    const keychain = Promise.withResolvers<string>();
    const answer = wait.during(() => keychain.promise);
    tasks.shift()?.();
    await settled();
    expect(onUnexpected.mock.calls).toEqual([[error]]);
    keychain.resolve('open');
    expect(await answer).toBe('open');
  });

  test('is also shown while a key is sealed or opened', async () => {
    const { pass, visible, wait } = harness();
    const box = wait.watched({
      trusted: true,
      seal: forever,
      open: async (bytes) => ({ bytes, stale: false }),
    });
    expect(await box.open(Uint8Array.of(1))).toEqual({ bytes: Uint8Array.of(1), stale: false });
    expect(visible()).toEqual([]);
    void box.seal(Uint8Array.of(1));
    pass();
    expect(visible()).toHaveLength(1);
    expect(box.trusted).toBe(true);
  });
});
