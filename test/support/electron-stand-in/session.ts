import type { Protocol as Cdp, CdpSession } from './cdp.ts';
import type { WebContents } from './web-contents.ts';

type RequestHandler = (
  contents: WebContents,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (
  contents: WebContents,
  permission: string,
  origin: string,
  details: object,
) => boolean;

/** Electron's names for what a page may be granted, and Chromium's for the same. */
const PERMISSIONS: readonly (readonly [string, Cdp.Browser.PermissionDescriptor])[] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['clipboard-read', { name: 'clipboard-read' }],
];

/** Electron's `session`. Without a handler everything is granted, as in Electron. */
export class Session {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  /** Headless Chromium has no devices to hand out; that the app decides about them is enough. */
  setDevicePermissionHandler(_handler: (() => boolean) | null): void {}

  setSpellCheckerDictionaryDownloadURL(url: string): void {
    if (/^https?:/.test(url)) throw new Error(`Dictionaries would be fetched from ${url}.`);
  }

  setSpellCheckerLanguages(languages: readonly string[]): void {
    if (languages.length > 0) throw new Error(`Dictionaries would be fetched: ${languages}.`);
  }

  setSpellCheckerEnabled(on: boolean): void {
    // macOS checks by itself.
    if (on && process.platform !== 'darwin') throw new Error('Dictionaries would be fetched.');
  }

  /** Puts the app's decisions about each permission into Chromium. */
  async apply(browser: CdpSession, contents: WebContents): Promise<void> {
    for (const [name, permission] of PERMISSIONS) {
      const setting = (await this.#grants(contents, name)) ? 'granted' : 'denied';
      await browser.send('Browser.setPermission', { permission, setting });
    }
  }

  async #grants(contents: WebContents, permission: string): Promise<boolean> {
    if (this.#check && !this.#check(contents, permission, '', {})) return false;
    const request = this.#request;
    if (!request) return true;
    return new Promise((resolve) => request(contents, permission, resolve, {}));
  }
}
