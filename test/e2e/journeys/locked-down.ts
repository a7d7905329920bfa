import type { Page } from 'playwright-core';
import { expect } from 'vitest';

// What a page must not be able to do, in whichever host it runs. Everything is tried from the
// page's own world, as a script that an attacker got into the page would.

/** The names in the page's world that would lead out of it, and what the bridge offers. */
export async function expectNothingButTheBridge(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>;
    const ways = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'];
    const bridge = world['parley'] as Record<string, unknown>;
    const replace = (): string => {
      try {
        Object.assign(world, { parley: null });
        return 'replaced';
      } catch {
        return 'kept';
      }
    };
    return {
      ways: ways.filter((name) => world[name] !== undefined),
      offers: Object.keys(bridge).sort(),
      replacing: replace(),
    };
  });
  expect(found).toEqual({
    ways: [],
    offers: ['call', 'channels', 'subscribe'],
    replacing: 'kept',
  });
}

/** Inline scripts, strings as code and foreign hosts, each stopped by the content policy. */
export async function expectPolicyEnforced(page: Page): Promise<void> {
  const outcome = await page.evaluate(`(async () => {
    const blocked = new Set();
    document.addEventListener('securitypolicyviolation', (event) => {
      blocked.add(event.effectiveDirective);
    });
    const attempt = async (work) => {
      try { return await work(); } catch { return 'stopped'; }
    };
    const script = document.createElement('script');
    const inline = await attempt(() => {
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
    });
    const markup = await attempt(() => {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.inlineRan = true">');
    });
    // Later, and so as the page's own code: the DevTools call that runs this may evaluate strings.
    const evaluated = await new Promise((resolve) => setTimeout(() => {
      attempt(() => eval('globalThis.inlineRan = true')).then(resolve);
    }));
    const fetched = await attempt(() => fetch('http://127.0.0.1:9/'));
    const socket = await attempt(() => new Promise((resolve) => {
      new WebSocket('ws://127.0.0.1:9/').onerror = () => resolve('stopped');
    }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    return {
      inlineRan: globalThis.inlineRan === true,
      evaluated,
      fetched,
      socket,
      blocked: [...blocked].sort(),
    };
  })()`);
  expect(outcome).toEqual({
    inlineRan: false,
    evaluated: 'stopped',
    fetched: 'stopped',
    socket: 'stopped',
    blocked: expect.arrayContaining(['connect-src', 'require-trusted-types-for']),
  });
}

/** A page that tries to leave or to open a window is still there, and alone. */
export async function expectNoWayOut(page: Page, pages: () => readonly Page[]): Promise<void> {
  const before = page.url();
  const opened = await page.evaluate(
    () =>
      (globalThis as unknown as { open(url: string): unknown }).open('https://example.org/') ===
      null,
  );
  expect(opened).toBe(true);
  await page.evaluate(`{
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    document.body.append(link);
    link.click();
    location.href = 'file:///etc/passwd';
    location.assign('data:text/html,<h1>gone</h1>');
  }`);
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  expect(page.url()).toBe(before);
  expect(pages()).toEqual([page]);
}
