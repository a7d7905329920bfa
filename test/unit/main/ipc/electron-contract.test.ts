import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type Electron from 'electron';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { LifecycleApp } from '../../../../src/main/app/lifecycle.ts';
import type { ProfileApp } from '../../../../src/main/app/profile.ts';
import type { FileDialogs } from '../../../../src/main/ipc/data-files.ts';
import type { IpcDeps } from '../../../../src/main/ipc/ipc.ts';
import type { SafeStorage } from '../../../../src/main/os/key-box.ts';
import type { QuestionDialog } from '../../../../src/main/os/keychain-wait.ts';
import type { LinkApp } from '../../../../src/main/os/links.ts';
import type { LoginApp } from '../../../../src/main/os/login-item.ts';
import type { NativeNotice } from '../../../../src/main/os/notifications.ts';
import type { PowerEvents } from '../../../../src/main/os/wake.ts';
import type { WindowsApp } from '../../../../src/main/os/windows-place.ts';
import type { NativeTray, TrayImage } from '../../../../src/main/tray/tray.ts';
import type { Updater } from '../../../../src/main/updates/updates.ts';
import type { AppWindow } from '../../../../src/main/window/window.ts';

// What the main process says of Electron, against Electron's own types. That ours can be used in the
// place of theirs the compiler sees where they meet; it does not see what ours leaves out.

type Answer<Method> = Method extends (...args: never[]) => infer Result ? Result : never;

/** The methods that answer later, by Electron's word, while ours takes no notice of it. */
type Unawaited<Ours, Theirs> = {
  [Name in keyof Ours & keyof Theirs]: Answer<Theirs[Name]> extends Promise<unknown>
    ? Answer<Ours[Name]> extends Promise<unknown>
      ? never
      : Name
    : never;
}[keyof Ours & keyof Theirs];

/** The methods of ours that Electron's object has not. */
type Invented<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

type Wrong<Ours, Theirs> = Unawaited<Ours, Theirs> | Invented<Ours, Theirs>;

describe('what is said of Electron', () => {
  it('is what Electron has, and nothing that fails later fails unseen', () => {
    expectTypeOf<Wrong<IpcDeps['clipboard'], Electron.Clipboard>>().toBeNever();
    expectTypeOf<Wrong<IpcDeps['shell'], Electron.Shell>>().toBeNever();
    expectTypeOf<Wrong<SafeStorage, Electron.SafeStorage>>().toBeNever();
    expectTypeOf<Wrong<QuestionDialog, Electron.Dialog>>().toBeNever();
    expectTypeOf<Wrong<FileDialogs, Electron.Dialog>>().toBeNever();
    expectTypeOf<Wrong<LifecycleApp, Electron.App>>().toBeNever();
    expectTypeOf<Wrong<LinkApp, Electron.App>>().toBeNever();
    expectTypeOf<Wrong<LoginApp, Electron.App>>().toBeNever();
    expectTypeOf<Wrong<ProfileApp, Electron.App>>().toBeNever();
    expectTypeOf<Wrong<WindowsApp, Electron.App>>().toBeNever();
    expectTypeOf<Wrong<NativeNotice, Electron.Notification>>().toBeNever();
    expectTypeOf<Wrong<TrayImage, Electron.NativeImage>>().toBeNever();
    expectTypeOf<Wrong<NativeTray<never, never>, Electron.Tray>>().toBeNever();
    expectTypeOf<Wrong<Updater, Electron.AutoUpdater>>().toBeNever();
    expectTypeOf<Wrong<PowerEvents, Electron.PowerMonitor>>().toBeNever();
    expectTypeOf<Wrong<AppWindow, Electron.BrowserWindow>>().toBeNever();
  });

  it('would be found out otherwise', () => {
    type Careless = { writeText(text: string): void };
    expectTypeOf<Wrong<Careless, Electron.Clipboard>>().toEqualTypeOf<'writeText'>();
    type Dreamt = { writeTextLater(text: string): void };
    expectTypeOf<Wrong<Dreamt, Electron.Clipboard>>().toEqualTypeOf<'writeTextLater'>();
  });

  it('knows why Windows says that a notification has closed', () => {
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

  it('is used knowingly: each stands here, and is guarded where it is called', () => {
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
      'host-ipc.ts: handleActivation': 'win32',
      // This one is the shell's, which bears its absence.
      'host-ipc.ts: setBadgeCount': 'linux,darwin',
      'links.ts: removeAsDefaultProtocolClient': 'darwin,win32',
      'login-item.ts: getLoginItemSettings': 'darwin,win32',
      'login-item.ts: setLoginItemSettings': 'darwin,win32',
      'shell.ts: setBadgeCount': 'linux,darwin',
      'squirrel.ts: writeShortcutLink': 'win32',
      'system.ts: registerDefaults': 'darwin',
      'windows-place.ts: setAppUserModelId': 'win32',
      'windows-place.ts: setToastActivatorCLSID': 'win32',
    });
  });
});
