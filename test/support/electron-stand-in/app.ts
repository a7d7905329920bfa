import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type ChromiumProcess, startChromium } from './chromium-process.ts';
import { report } from './control.ts';
import { refuseUnknown } from './loud.ts';
import { reportBadge } from './notification.ts';
import { lockInstance } from './single-instance.ts';

type PathName = 'appData' | 'documents' | 'userData' | 'temp';

/** A window, as far as quitting is concerned. */
interface Closable {
  /** Closes it unless a listener prevents that; answers whether it is closed. */
  tryClose(): boolean;
}

/** An event that a listener may prevent. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(details: T): Preventable & T {
  const event = { ...details, defaultPrevented: false, preventDefault: () => {} };
  event.preventDefault = () => {
    event.defaultPrevented = true;
  };
  return event;
}

/** Electron's `app`: paths, readiness, the single-instance lock and the order of quitting. */
export class App extends EventEmitter {
  readonly windows = new Set<Closable>();
  readonly isPackaged = false;
  /** Set by the runner: the folder of the app's package.json. */
  appPath = '';
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #chromium: ChromiumProcess | null = null;
  #locked = false;
  #state: 'starting' | 'ready' | 'quitting' | 'ending' = 'starting';

  constructor(appData: string) {
    super();
    this.#paths.set('appData', appData);
    this.#paths.set('userData', join(appData, 'electron-stand-in'));
    this.#paths.set('documents', appData);
    this.#paths.set('temp', join(appData, 'temp'));
  }

  get chromium(): ChromiumProcess {
    if (this.#chromium === null) throw new Error('Cannot be used before app is ready.');
    return this.#chromium;
  }

  getAppPath(): string {
    return this.appPath;
  }

  getVersion(): string {
    const text = readFileSync(join(this.appPath, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  }

  setAboutPanelOptions(options: object): void {
    refuseUnknown('options of the about panel', options, [
      'applicationName',
      'applicationVersion',
      'version',
      'credits',
      'website',
    ]);
  }

  getPath(name: PathName): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The Electron stand-in has no path ${name}.`);
    return path;
  }

  setPath(name: PathName, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (!statSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
    if (name === 'userData' && this.#locked) {
      throw new Error('userData was changed after the single-instance lock was taken.');
    }
    this.#paths.set(name, path);
  }

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const argv = process.argv;
    this.#locked = lockInstance(folder, { argv, additionalData }, (second) => {
      const workingDirectory = process.cwd();
      this.emit('second-instance', {}, second.argv, workingDirectory, second.additionalData);
    });
    return this.#locked;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#state !== 'starting';
  }

  /** Called by the runner once the app's entry module has been evaluated, as Electron does. */
  async becomeReady(): Promise<void> {
    if (this.#state !== 'starting') return;
    const chromium = await startChromium(this.getPath('userData'));
    this.#chromium = chromium;
    this.#state = 'ready';
    report({ type: 'ready', endpoint: chromium.endpoint });
    this.emit('ready');
    this.#ready.resolve();
  }

  /** Called by the runner: macOS opens a link with the app, also before it is ready. */
  openUrl(url: string): void {
    const event = preventable({});
    this.emit('open-url', event, url);
    if (!event.defaultPrevented) throw new Error(`The app lets macOS look elsewhere for ${url}.`);
  }

  setBadgeCount(count: number): boolean {
    return reportBadge(count);
  }

  quit(): void {
    if (this.#state === 'quitting' || this.#state === 'ending') return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    const previous = this.#state;
    this.#state = 'quitting';
    const closed = [...this.windows].every((window) => window.tryClose());
    const will = preventable({});
    if (closed) this.emit('will-quit', will);
    if (!closed || will.defaultPrevented) this.#state = previous;
    else this.exit(0);
  }

  relaunch(options: object = {}): void {
    refuseUnknown('options of relaunch', options, ['execPath', 'args']);
    report({ type: 'relaunch' });
  }

  exit(code = 0): void {
    if (this.#state === 'ending') return;
    this.#state = 'ending';
    this.emit('quit', {}, code);
    void Promise.resolve(this.#chromium?.close()).then(() => process.exit(code));
  }

  /** Called by a window when it has closed by itself. */
  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#state !== 'ready') return;
    if (!this.emit('window-all-closed')) this.quit();
  }
}
