import { describe, expect, it } from 'vitest';
import {
  type GuardedContents,
  refuseNavigation,
  refusePermissions,
} from '../../../../src/main/window/security.ts';

describe('the guards of every window', () => {
  it('refuse to navigate, to redirect, to embed a web view and to open windows', () => {
    const refused: string[] = [];
    const opened: unknown[] = [];
    const contents: GuardedContents = {
      on: (event, listener) => listener({ preventDefault: () => refused.push(event) }),
      setWindowOpenHandler: (handler) => opened.push(handler()),
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

  it('grant no permission and no device', () => {
    const answers: boolean[] = [];
    refusePermissions({
      setPermissionRequestHandler: (handler) =>
        handler({}, 'media', (granted) => answers.push(granted)),
      setPermissionCheckHandler: (handler) => answers.push(handler()),
      setDevicePermissionHandler: (handler) => answers.push(handler()),
    });
    expect(answers).toEqual([false, false, false]);
  });
});
