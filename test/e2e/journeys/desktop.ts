import type { BrowserContext, Page } from 'playwright-core';

/** A notification on the user's desktop. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
}

/** Where a page stands for the user. A headless browser takes every page for looked at. */
export async function lookAt(page: Page, looking: boolean): Promise<void> {
  await page.evaluate(`
    document.hasFocus = () => ${looking};
    dispatchEvent(new Event(${looking ? "'focus'" : "'blur'"}));
  `);
}

/**
 * Puts a desktop for notifications into a browser that has none: a headless Chromium says `denied`
 * whatever its user has allowed. What is asked of the user is still asked of Chromium.
 */
export async function giveDesktop(context: BrowserContext): Promise<void> {
  await context.addInitScript(DESKTOP);
}

const DESKTOP = `
  const real = Notification;
  const shown = [];
  let permission = 'default';
  globalThis.shownNotices = shown;
  globalThis.Notification = class {
    static get permission() {
      return permission;
    }
    static async requestPermission() {
      permission = await real.requestPermission();
      return permission;
    }
    onclick = null;
    onclose = null;
    constructor(title, options) {
      if (permission !== 'granted') throw new Error('Shown without permission.');
      this.title = title;
      this.options = options;
      const same = shown.findIndex((it) => it.options.tag === options.tag);
      if (same >= 0) shown.splice(same, 1);
      shown.push(this);
    }
    close() {
      const at = shown.indexOf(this);
      if (at < 0) return;
      shown.splice(at, 1);
      this.onclose?.(new Event('close'));
    }
  };
`;

type WithDesktop = typeof globalThis & {
  readonly shownNotices: readonly {
    readonly title: string;
    readonly options: { readonly body: string };
    readonly onclick: (() => void) | null;
  }[];
};

/** What a page has on its user's desktop. */
export function noticesOf(page: Page): Promise<readonly DesktopNotice[]> {
  return page.evaluate(() =>
    (globalThis as WithDesktop).shownNotices.map(({ title, options }) => ({
      title,
      body: options.body,
    })),
  );
}

/** The user clicks on the oldest notification. */
export async function clickNotice(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as WithDesktop).shownNotices[0]?.onclick?.());
}

/** Chooses in the settings what notifications show, and leaves them. */
export async function chooseNotices(page: Page, choice: string, said: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const group = settings.getByRole('group', { name: 'What notifications show' });
  await group.getByRole('radio', { name: choice }).click();
  await settings.getByText(said).waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
}
