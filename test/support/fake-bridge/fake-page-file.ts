import type { Preferences } from '../../../src/shared/model/preferences.ts';

/** What of the browser is used: tests have no types of it here. */
interface Browser {
  readonly document: {
    readonly documentElement: { setAttribute(name: string, value: string): void } | null;
  };
  readonly MutationObserver: new (
    listener: () => void,
  ) => { observe(document: unknown, options: object): void; disconnect(): void };
}

/** Puts preferences where a host serves them, before the page's own script reads them. */
export function servePreferences(preferences: Partial<Preferences>): void {
  const { document, MutationObserver } = globalThis as unknown as Browser;
  const serve = (): boolean => {
    document.documentElement?.setAttribute('data-preferences', JSON.stringify(preferences));
    return document.documentElement !== null;
  };
  // The document may have no root yet.
  if (serve()) return;
  const observer = new MutationObserver(() => {
    if (serve()) observer.disconnect();
  });
  observer.observe(document, { childList: true });
}
