import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { endOnFatalErrors, watchCrashes } from '../../../../src/main/logging/crashes.ts';

describe('an uncaught error', () => {
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
    'is logged, stops the core, is shown, and quits the app (%s)',
    async (event) => {
      const { process, order, ended } = harness(async () => {});
      process.emit(event, new TypeError('x'));
      expect(await ended).toBe(1);
      expect(order).toEqual(['fatal TypeError', 'stop', 'Parley has to end', 'exit']);
    },
  );

  test('followed by others quits the app once', async () => {
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
  ])('quits the app also when stopping the core %s', async (_how, stop) => {
    const { process, ended } = harness(stop);
    process.emit('uncaughtException', new Error('x'));
    expect(await ended).toBe(1);
  });
});

describe('a crashed page', () => {
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

  test('is logged and reloaded', () => {
    const { log, contents, crash } = harness();
    crash(0);
    expect(log).toHaveBeenCalledWith('page gone: crashed 5');
    expect(contents.reload).toHaveBeenCalledOnce();
  });

  test('that keeps crashing is not reloaded for ever; that is reported once', () => {
    const { contents, crash, showErrorBox } = harness();
    for (let crashes = 0; crashes < 10; crashes += 1) crash(1_000);
    expect(contents.reload).toHaveBeenCalledTimes(3);
    expect(showErrorBox).toHaveBeenCalledOnce();
  });

  test('that crashes rarely is reloaded each time', () => {
    const { contents, crash, showErrorBox } = harness();
    for (let crashes = 0; crashes < 10; crashes += 1) crash(10 * 60_000);
    expect(contents.reload).toHaveBeenCalledTimes(10);
    expect(showErrorBox).not.toHaveBeenCalled();
  });

  test('is left alone after a clean exit or when its window has closed', () => {
    const { contents, crash } = harness();
    crash(0, 'clean-exit');
    const gone = { isDestroyed: () => true, reload: vi.fn() };
    crash(0, 'crashed', gone);
    expect(contents.reload).not.toHaveBeenCalled();
    expect(gone.reload).not.toHaveBeenCalled();
  });

  test('is logged, like the crash of any other process', () => {
    const { app, log } = harness();
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'oom', exitCode: 9 });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
    expect(log.mock.calls).toEqual([['process gone: GPU oom 9']]);
  });
});
