/** What the app asked for with `registerSchemesAsPrivileged`. */
interface Scheme {
  readonly scheme: string;
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean };
}

const SUFFIX = 'stand-in';

/**
 * Chromium cannot be taught a scheme from outside, so a page of `app://bundle/x` is played by
 * `https://bundle.app.stand-in/x`: a host that exists nowhere, a secure context with an origin of
 * its own, like the scheme it stands for. The app sees its own URLs only.
 */
export class Origins {
  readonly #schemes = new Set<string>();

  register(schemes: readonly Scheme[]): void {
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) {
        throw new Error(`The Electron stand-in plays only standard, secure schemes: ${scheme}.`);
      }
      this.#schemes.add(scheme);
    }
  }

  has(scheme: string): boolean {
    return this.#schemes.has(scheme);
  }

  /** The app's URL as Chromium is given it. */
  toChromium(url: string): string {
    const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/i.exec(url);
    const [, scheme = '', host = '', rest = ''] = match ?? [];
    return this.#schemes.has(scheme) ? `https://${host}.${scheme}.${SUFFIX}${rest}` : url;
  }

  /** Chromium's URL or origin as the app is shown it. */
  toApp(url: string): string {
    const match = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.stand-in(?=[/?#]|$)(.*)$/i.exec(url);
    const [, host = '', scheme = '', rest = ''] = match ?? [];
    return this.#schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
  }
}
