import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { openBrowser } from '../../../../src/hosts/web/open-browser.ts';

const URL = 'http://127.0.0.1:5000/#a&b|c';

class Started extends EventEmitter {
  unref(): void {}
}

test.each([
  ['linux', 'xdg-open', [URL]],
  ['freebsd', 'xdg-open', [URL]],
  ['darwin', 'open', [URL]],
  ['win32', 'rundll32', ['url.dll,FileProtocolHandler', URL]],
] as const)('on %s the link is one argument, without a shell', async (platform, command, args) => {
  const calls: unknown[] = [];
  await openBrowser(URL, {
    platform,
    start: (program, given, options) => {
      calls.push([program, given, options.shell ?? false]);
      const started = new Started();
      queueMicrotask(() => started.emit('spawn'));
      return started;
    },
  });
  expect(calls).toEqual([[command, args, false]]);
});

test('a computer without a desktop is not a failure', async () => {
  const started = new Started();
  queueMicrotask(() => started.emit('error', new Error('ENOENT')));
  await openBrowser(URL, { platform: 'linux', start: () => started });
  await openBrowser(URL, {
    platform: 'linux',
    start: () => {
      throw new Error('EPERM');
    },
  });
});
