import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { UpdateWay } from '../../../../src/main/updates/update-feed.ts';
import { createUpdates } from '../../../../src/main/updates/updates.ts';

const HOUR = 60 * 60_000;
const UPDATER: UpdateWay = { way: 'updater', feed: 'https://updates.example/feed' };

/** Electron's updater as its documentation has it; `answer` plays the service. */
class FakeUpdater extends EventEmitter {
  feed = '';
  looks = 0;
  readonly quitAndInstall = vi.fn();

  setFeedURL({ url }: { url: string }): void {
    this.feed = url;
  }

  checkForUpdates(): void {
    this.looks += 1;
    this.emit('checking-for-update');
  }
}

function harness(way: UpdateWay = UPDATER) {
  const updater = new FakeUpdater();
  let now = 0;
  const timers: { at: number; task: () => void }[] = [];
  const after = (ms: number, task: () => void) => timers.push({ at: now + ms, task });
  const quit = vi.fn();
  const onUnexpected = vi.fn();
  const updates = createUpdates({ updater, way, after, quit, onUnexpected });
  const phases: string[] = [];
  updates.onState(() => phases.push(updates.state().phase));
  const pass = (ms: number): void => {
    const until = now + ms;
    for (;;) {
      const next = timers.sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) break;
      timers.shift();
      now = next.at;
      next.task();
    }
    now = until;
  };
  const downloaded = (name: unknown = 'v1.3.0') =>
    updater.emit('update-downloaded', {}, 'notes', name);
  return { updater, updates, pass, quit, onUnexpected, phases, downloaded };
}

describe('updates', () => {
  test('are checked for soon after the start and every few hours, while the user wants it', () => {
    const { updater, updates, pass } = harness();
    updates.setEnabled(true);
    expect(updater.looks).toBe(0);
    for (let looks = 1; looks < 4; looks += 1) {
      pass(6 * HOUR);
      expect(updater.looks).toBe(looks);
      updater.emit('update-not-available');
    }
    expect(updater.feed).toBe('https://updates.example/feed');
    updates.setEnabled(false);
    pass(24 * HOUR);
    expect(updater.looks).toBe(3);
    expect(updates.state()).toEqual({ phase: 'off' });
    updates.setEnabled(true);
    pass(6 * HOUR);
    expect(updater.looks).toBe(4);
  });

  test('are not checked for when switched off, except on request', () => {
    const { updater, updates, pass, phases } = harness();
    updates.setEnabled(false);
    pass(48 * HOUR);
    expect(updater.looks).toBe(0);
    updates.check();
    updater.emit('update-not-available');
    expect(updater.looks).toBe(1);
    expect(phases).toEqual(['checking', 'checking', 'off']);
  });

  test('are installed on request only, after the core has stopped', () => {
    const { updater, updates, pass, quit, downloaded } = harness();
    updates.setEnabled(true);
    pass(HOUR);
    updater.emit('update-available');
    expect(updates.state()).toEqual({ phase: 'downloading' });
    updates.install();
    expect(quit).not.toHaveBeenCalled();
    downloaded();
    expect(updates.state()).toEqual({ phase: 'ready', version: 'v1.3.0' });
    pass(48 * HOUR);
    expect(quit).not.toHaveBeenCalled();
    expect(updater.looks).toBe(1);
    updates.install();
    updates.install();
    expect(quit).toHaveBeenCalledOnce();
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
    expect(updates.leave()).toBe(true);
    expect(updater.quitAndInstall).toHaveBeenCalledOnce();
  });

  test('do not affect quitting when no installation was requested', () => {
    const { updater, updates, downloaded } = harness();
    updates.setEnabled(true);
    downloaded();
    expect(updates.leave()).toBe(false);
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
  });

  test('quit the app even when the installation fails at the last moment', () => {
    const { updater, updates, quit, downloaded } = harness();
    downloaded();
    updates.install();
    updates.leave();
    updater.emit('error', new Error('no Update.exe'));
    expect(quit).toHaveBeenCalledTimes(2);
    expect(updates.leave()).toBe(false);
  });

  test('that fail are reported and retried', () => {
    const { updater, updates, pass, onUnexpected } = harness();
    updates.setEnabled(true);
    pass(HOUR);
    const error = new Error('offline');
    updater.emit('error', error);
    expect(updates.state()).toEqual({ phase: 'failed' });
    expect(onUnexpected).toHaveBeenCalledWith(error);
    pass(6 * HOUR);
    expect(updater.looks).toBe(2);
  });

  test('survive an updater that throws', () => {
    const { updater, updates, onUnexpected } = harness();
    updater.checkForUpdates = () => {
      throw new Error('not signed');
    };
    updates.check();
    expect(updates.state()).toEqual({ phase: 'failed' });
    expect(onUnexpected).toHaveBeenCalledOnce();
  });

  test('show a version without anything else that a release name may contain', () => {
    const { updates, downloaded } = harness();
    downloaded(`\u202e1.3.0\n${'x'.repeat(500)}`);
    const state = updates.state();
    expect(state).toMatchObject({ phase: 'ready', version: expect.stringMatching(/^1\.3\.0 x+$/) });
    downloaded(null);
    expect(updates.state()).toEqual({ phase: 'ready', version: '' });
  });

  test('are not reported after unsubscribing', () => {
    const { updates } = harness();
    const listener = vi.fn();
    updates.onState(listener)();
    updates.check();
    expect(listener).not.toHaveBeenCalled();
  });

  test('on other systems are left to the user, and the updater is not used', () => {
    const { updater, updates, pass } = harness({ way: 'manual', url: 'https://example.org/' });
    updates.setEnabled(true);
    updates.check();
    updates.install();
    pass(48 * HOUR);
    expect(updater.looks).toBe(0);
    expect(updates.leave()).toBe(false);
    expect(updates.state()).toEqual({ phase: 'manual', url: 'https://example.org/' });
  });

  test('never quit unasked and never check twice at once, in any order of events', () => {
    const happening = fc.oneof(
      fc.constantFrom('on', 'off', 'check', 'install', 'pass'),
      fc.constantFrom('update-available', 'update-not-available', 'error', 'update-downloaded'),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (all) => {
        const { updater, updates, pass, quit } = harness();
        let looking = false;
        let mayQuit = false;
        updater.checkForUpdates = () => {
          expect(looking).toBe(false);
          looking = true;
        };
        for (const it of all) {
          if (it === 'on' || it === 'off') updates.setEnabled(it === 'on');
          else if (it === 'check') updates.check();
          else if (it === 'pass') pass(6 * HOUR);
          else if (it === 'install') {
            mayQuit ||= updates.state().phase === 'ready';
            updates.install();
          } else if (looking) {
            looking = it === 'update-available';
            updater.emit(it, {}, '', '2.0');
          }
          expect(quit.mock.calls.length).toBe(mayQuit ? 1 : 0);
          expect(updater.quitAndInstall).not.toHaveBeenCalled();
        }
      }),
    );
  });
});
