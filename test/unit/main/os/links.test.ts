import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  claimLinks,
  disclaimLinks,
  type LinkApp,
  listenForLinks,
} from '../../../../src/main/os/links.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

function fakeApp(isPackaged = true) {
  let open: ((event: { preventDefault(): void }, url: string) => void) | null = null;
  const setAsDefaultProtocolClient = vi.fn(() => true);
  const removeAsDefaultProtocolClient = vi.fn(() => true);
  const app: LinkApp = {
    isPackaged,
    on: (_event, listener) => {
      open = listener;
    },
    setAsDefaultProtocolClient,
    removeAsDefaultProtocolClient,
  };
  const openUrl = (url: string): boolean => {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    open?.({ preventDefault }, url);
    return prevented;
  };
  return { app, openUrl, setAsDefaultProtocolClient, removeAsDefaultProtocolClient };
}

describe('a link that macOS opens with us', () => {
  test('is reported as the address in it, and its event is handled', () => {
    const { app, openUrl } = fakeApp();
    const onLink = vi.fn();
    listenForLinks(app, onLink);
    expect(openUrl('parley://EXAMPLE.org/?x=1')).toBe(true);
    expect(onLink.mock.calls).toEqual([['parley://example.org:8080']]);
  });

  test.each(['https://example.org', 'parley://', 'parley:x', '', `parley://${'x'.repeat(9_999)}`])(
    'is ignored when it has no address: %j',
    (url) => {
      const { app, openUrl } = fakeApp();
      const onLink = vi.fn();
      listenForLinks(app, onLink);
      expect(openUrl(url)).toBe(true);
      expect(onLink).not.toHaveBeenCalled();
    },
  );
});

describe('link registration', () => {
  test.each(['darwin', 'win32'] as const)('is for the installed app on %s', (platform) => {
    const { app, setAsDefaultProtocolClient } = fakeApp();
    claimLinks({ app, platform, execPath: '/x/parley' });
    // Behind `--` nothing in a link can be an option.
    expect(setAsDefaultProtocolClient.mock.calls).toEqual([['parley', '/x/parley', ['--']]]);
  });

  test('is for the updater’s stub on Windows, and is removed with the app', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'app-1.0.0'));
    const execPath = join(folder, 'app-1.0.0', 'Parley.exe');
    const lasting = join(folder, 'Parley.exe');
    writeFileSync(lasting, '');
    const { app, ...calls } = fakeApp();
    claimLinks({ app, platform: 'win32', execPath });
    expect(calls.setAsDefaultProtocolClient.mock.calls).toEqual([['parley', lasting, ['--']]]);
    disclaimLinks({ app, execPath });
    const removed = calls.removeAsDefaultProtocolClient.mock.calls;
    expect(removed).toEqual([lasting, execPath].map((it) => ['parley', it, ['--']]));
  });

  test('is left to the package on Linux, and not done by a development build', () => {
    const installed = fakeApp();
    claimLinks({ app: installed.app, platform: 'linux', execPath: '/x/parley' });
    expect(installed.setAsDefaultProtocolClient).not.toHaveBeenCalled();
    const development = fakeApp(false);
    claimLinks({ app: development.app, platform: 'win32', execPath: '/x/electron' });
    expect(development.setAsDefaultProtocolClient).not.toHaveBeenCalled();
  });
});
