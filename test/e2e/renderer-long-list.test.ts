import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// 100,000 messages in the page as it is released: what is drawn and kept stays small. How long the
// page is busy at a stretch while it scrolls, the bench measures.

const open = setStage('production');
const BOB = idOf(1);

/** So many elements the page may have, whatever the length of the conversation. */
const MOST_NODES = 2_500;

const nodes = (page: Page) => page.evaluate<number>('document.querySelectorAll("*").length');

/** Scrolls as a wheel does, `step` pixels a frame. */
function scrollThrough(page: Page, step: number, times: number): Promise<void> {
  return page.evaluate(`(async () => {
    const box = document.querySelector('[role="log"]');
    for (let turn = 0; turn < ${times}; turn += 1) {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: ${step} }));
      box.scrollTop += ${step};
      await new Promise((done) => requestAnimationFrame(done));
    }
  })()`);
}

const oldestShown = (page: Page) =>
  page.evaluate<number>(
    'Math.min(...Array.from(document.querySelectorAll("[data-seq]"), (it) => Number(it.dataset.seq)))',
  );

test('100,000 messages are scrolled with few elements and little memory', async () => {
  const { page, log, choose } = await open('huge');
  await choose('Bob');
  await log.getByText('Message number 100000').waitFor();
  const counts: number[] = [];
  const scroll = async (step: number, times: number) => {
    for (let time = 0; time < times; time += 1) {
      await scrollThrough(page, step, 20);
      counts.push(await nodes(page));
    }
  };
  await scroll(-1_800, 8);
  const reached = await oldestShown(page);
  await scroll(1_800, 4);
  expect(reached).toBeLessThan(98_500);
  await expect.poll(() => oldestShown(page)).toBeGreaterThan(reached);
  expect(Math.max(...counts)).toBeLessThan(MOST_NODES);
});

test('from far back in 100,000 messages the newest is one step away, and new ones are counted', async () => {
  const { page, log, choose } = await open('huge');
  await choose('Bob');
  await log.getByText('Message number 100000').waitFor();
  for (let part = 0; part < 4; part += 1) await scrollThrough(page, -2_400, 20);
  const before = await oldestShown(page);
  await page.evaluate((id) => {
    for (let count = 0; count < 3; count += 1) {
      (globalThis as InPage).fakeCore.receive(id, `brand new ${count}`);
    }
  }, BOB);
  await page.getByRole('button', { name: '3 new messages' }).waitFor();
  await expect.poll(() => oldestShown(page)).toBe(before);
  await page.getByRole('button', { name: '3 new messages' }).click();
  await log.getByText('brand new 2').waitFor();
  await page.getByRole('button', { name: '3 new messages' }).waitFor({ state: 'detached' });
  await expect.poll(() => nodes(page)).toBeLessThan(MOST_NODES);
});

test('the scroll position stays to the pixel when older messages load', async () => {
  const { page, log, choose } = await open('huge');
  await choose('Bob');
  await log.getByText('Message number 100000').waitFor();
  const shifts = await page.evaluate<readonly number[]>(`(async () => {
    const box = document.querySelector('[role="log"]');
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const shifts = [];
    const top = (seq) => box.querySelector('[data-seq="' + seq + '"]')?.getBoundingClientRect().top;
    for (let turn = 0; turn < 75; turn += 1) {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -600 }));
      box.scrollTop -= 600;
      for (let count = 0; count < 3; count += 1) await frame();
      // A message in the middle of the view, and where it is some frames later.
      const { top: edge, height } = box.getBoundingClientRect();
      const shown = [...box.querySelectorAll('[data-seq]')].find(
        (it) => it.getBoundingClientRect().top > edge + height / 2,
      );
      const before = shown.getBoundingClientRect().top;
      for (let count = 0; count < 4; count += 1) await frame();
      shifts.push(Math.abs(top(shown.dataset.seq) - before));
    }
    return shifts;
  })()`);
  await expect.poll(() => oldestShown(page)).toBeLessThan(99_700);
  expect(Math.max(...shifts)).toBeLessThan(1);
});
