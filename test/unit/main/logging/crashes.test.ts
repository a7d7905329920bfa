import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { endOnFatalErrors, watchCrashes } from '../../../../src/main/logging/crashes.ts';

describe('an error that nobody caught', () => {
  function harness(stop: () => Promise<void>) {
    const process = new EventEmitter();
    const order: string[] = [];
    const ended = Promise.withResolvers<number>();
    endOnFatalErrors({
      process,
      log: (entry) => order.push(entry.split(' <')[0] ?? ''),
      dialog: { showErrorBox: (title) => order.push(title) },
      stop: async () => {
        order.push('stop');
        await stop();
      },
      exit: (code) => {
        order.push('exit');
        ended.resolve(code);
      },
      timeoutMs: 20,
    });
    return { process, order, ended: ended.promise };
  }

  test.each(['uncaughtException', 'unhandledRejection'])(
    'is logged, ends the core, is told, and ends the app (%s)',
    async (event) => {
      const { process, order, ended } = harness(async () => {});
      process.emit(event, new TypeError('x'));
      expect(await ended).toBe(1);
      expect(order).toEqual(['fatal TypeError', 'stop', 'Parley has to end', 'exit']);
    },
  );

  test('and those that follow it end the app once', async () => {
    const { process, order, ended } = harness(async () => {});
    process.emit('uncaughtException', new TypeError('x'));
    process.emit('uncaughtException', new RangeError('y'));
    await ended;
    expect(order.filter((it) => it === 'exit' || it === 'stop')).toHaveLength(2);
    expect(order).toContain('fatal RangeError');
  });

  test.each([
    ['fails', () => Promise.reject(new Error('disk'))],
    ['never ends', () => new Promise<void>(() => {})],
  ])('ends the app also when ending the core %s', async (_how, stop) => {
    const { process, ended } = harness(stop);
    process.emit('uncaughtException', new Error('x'));
    expect(await ended).toBe(1);
  });
});

describe('a page that crashed', () => {
  function harness() {
    const app = new EventEmitter();
    const log = vi.fn<(entry: string) => void>();
    const showErrorBox = vi.fn();
    let now = 0;
    watchCrashes({ app, log, dialog: { showErrorBox }, uptime: () => now });
    const contents = { isDestroyed: () => false, reload: vi.fn() };
    const crash = (after: number, reason = 'crashed', page = contents): void => {
      now += after;
      app.emit('render-process-gone', {}, page, { reason, exitCode: 5 });
    };
    return { app, log, showErrorBox, contents, crash };
  }

  test('is written down and loaded again', () => {
    const { log, contents, crash } = harness();
    crash(0);
    expect(log).toHaveBeenCalledWith('page gone: crashed 5');
    expect(contents.reload).toHaveBeenCalledOnce();
  });

  test('and goes on crashing is not loaded for ever; that is said once', () => {
    const { contents, crash, showErrorBox } = harness();
    for (let crashes = 0; crashes < 10; crashes += 1) crash(1_000);
    expect(contents.reload).toHaveBeenCalledTimes(3);
    expect(showErrorBox).toHaveBeenCalledOnce();
  });

  test('now and then is loaded again each time', () => {
    const { contents, crash, showErrorBox } = harness();
    for (let crashes = 0; crashes < 10; crashes += 1) crash(10 * 60_000);
    expect(contents.reload).toHaveBeenCalledTimes(10);
    expect(showErrorBox).not.toHaveBeenCalled();
  });

  test('is left alone when it ended well or has gone with its window', () => {
    const { contents, crash } = harness();
    crash(0, 'clean-exit');
    const gone = { isDestroyed: () => true, reload: vi.fn() };
    crash(0, 'crashed', gone);
    expect(contents.reload).not.toHaveBeenCalled();
    expect(gone.reload).not.toHaveBeenCalled();
  });

  test('is not the only process whose end is written down', () => {
    const { app, log } = harness();
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'oom', exitCode: 9 });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
    expect(log.mock.calls).toEqual([['process gone: GPU oom 9']]);
  });
});
