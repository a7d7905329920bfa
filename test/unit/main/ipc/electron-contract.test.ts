import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type Electron from 'electron';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Emits } from '../../../../src/main/base/emits.ts';

describe('events that are listened to', () => {
  test('are held against Electron’s: their names, and what their listeners get', () => {
    expectTypeOf<Electron.App>().toExtend<Emits<{ activate: []; 'open-url': [unknown, string] }>>();
    expectTypeOf<Electron.App>().not.toExtend<Emits<{ activate: []; activated: [] }>>();
    expectTypeOf<Electron.App>().not.toExtend<Emits<{ 'open-url': [unknown, number] }>>();
    expectTypeOf<Electron.App>().not.toExtend<Emits<{ activate: [unknown, boolean, string] }>>();
  });

  test('include every reason for which Windows closes a notification', () => {
    type Reason = NonNullable<Electron.NotificationCloseEventParams['reason']>;
    expectTypeOf<Reason>().toEqualTypeOf<'userCanceled' | 'applicationHidden' | 'timedOut'>();
  });
});

describe('what Electron has on some systems only', () => {
  const types = readFileSync('node_modules/electron/electron.d.ts', 'utf8');
  const main = join(import.meta.dirname, '../../../../src/main');

  /** Functions by name with the systems that their documentation limits them to. */
  function limited(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const everywhere = new Set<string>();
    const documented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(?:static )?(\w+)\(/g;
    for (const [, text = '', name = ''] of types.matchAll(documented)) {
      const platforms = /@platform ([\w,]+)/.exec(text)?.[1];
      if (platforms === undefined) everywhere.add(name);
      else found.set(name, platforms);
    }
    // A name that also means something that is there everywhere says nothing.
    for (const name of everywhere) found.delete(name);
    return found;
  }

  test('is used knowingly: each stands here, and is guarded where it is called', () => {
    const names = limited();
    expect(names.size).toBeGreaterThan(50);
    const used = new Map<string, string>();
    const files = readdirSync(main, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((path) => path.endsWith('.ts'))) {
      const source = readFileSync(join(main, file), 'utf8');
      for (const [, name = ''] of source.matchAll(/\b\w+\.(\w+)\(/g)) {
        const platforms = names.get(name);
        if (platforms !== undefined) used.set(`${basename(file)}: ${name}`, platforms);
      }
    }
    expect(Object.fromEntries([...used].sort())).toEqual({
      'host.ts: handleActivation': 'win32',
      'index.ts: registerDefaults': 'darwin',
      'links.ts: removeAsDefaultProtocolClient': 'darwin,win32',
      'login-item.ts: getLoginItemSettings': 'darwin,win32',
      'login-item.ts: setLoginItemSettings': 'darwin,win32',
      'desktop-ui.ts: setBadgeCount': 'linux,darwin',
      'squirrel.ts: writeShortcutLink': 'win32',
      'windows-place.ts: setAppUserModelId': 'win32',
      'windows-place.ts: setToastActivatorCLSID': 'win32',
    });
  });
});
