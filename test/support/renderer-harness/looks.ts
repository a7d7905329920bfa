import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { InPage } from './stage.ts';

/** The inputs of all calls of a command so far. */
export const calls = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      (globalThis as InPage).fakeCore.calls
        .filter((it) => it.name === wanted)
        .map((it) => it.input),
    name,
  );

/** Whether a message is in view and not only in the page. */
export const inView = (page: Page, text: string) =>
  page.evaluate(`(() => {
    const box = document.querySelector('[role="log"]').getBoundingClientRect();
    const found = [...document.querySelectorAll('.bubble')].find(
      (it) => it.textContent.startsWith(${JSON.stringify(text)}),
    );
    const { top, bottom } = found?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
    return top >= box.top && bottom <= box.bottom;
  })()`);

/** Waits until an element that holds `text` has the focus; the page as a whole is none. */
export const focused = (page: Page, text: string) =>
  expect.poll(() => page.evaluate('document.querySelector(":focus")?.textContent')).toContain(text);

/** Waits until a message is in view. */
export const seen = (page: Page, text: string) => expect.poll(() => inView(page, text)).toBe(true);
