import type { HandlerDetails } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import type { Preventable } from '../../../../src/main/base/emits.ts';
import {
  type GuardedContents,
  refuseNavigation,
  refusePermissions,
} from '../../../../src/main/window/security.ts';

const WINDOW: HandlerDetails = {
  url: 'https://example.org/',
  frameName: '',
  features: '',
  disposition: 'new-window',
  referrer: { policy: 'default', url: '' },
};

describe('the guards of every window', () => {
  test('refuse to navigate, to redirect, to embed a web view and to open windows', () => {
    const refused: string[] = [];
    const opened: unknown[] = [];
    const contents: GuardedContents = {
      on: (event: string, listener: (event: Preventable) => void) =>
        listener({ preventDefault: () => refused.push(event) }),
      setWindowOpenHandler: (handler) => opened.push(handler(WINDOW)),
    };
    refuseNavigation({ on: (_event, listener) => listener({}, contents) });
    expect(refused.sort()).toEqual([
      'will-attach-webview',
      'will-frame-navigate',
      'will-navigate',
      'will-redirect',
    ]);
    expect(opened).toEqual([{ action: 'deny' }]);
  });

  test('grant no permission and no device', () => {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    };
    refusePermissions(session);
    const [request, check, device] = Object.values(session).map((set) => set.mock.lastCall?.[0]);
    const answer = vi.fn();
    request(null, 'media', answer);
    expect(answer.mock.calls).toEqual([[false]]);
    expect([check(), device()]).toEqual([false, false]);
  });
});
