import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../support/browser/axe.ts';
import { setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what a button without words is called can
// be seen by whoever uses a pointer, the keyboard or a finger.

const open = setStage();

const tipOf = (page: Page) => page.locator('.tooltip:popover-open');

/** Waits until the tip says `name`. */
const shows = (page: Page, name: string) => expect.poll(() => tipOf(page).textContent()).toBe(name);

/** The name of what has the focus when it shows an icon only, else null. */
const focusedIcon = (page: Page) =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    return at?.matches('button[aria-label]') && at.textContent.trim() === ''
      ? at.getAttribute('aria-label')
      : null;
  })()`) as Promise<string | null>;

/** The middle of something on screen. */
async function middleOf(what: Locator): Promise<readonly [x: number, y: number]> {
  const box = await what.boundingBox();
  if (!box) throw new Error('It is not on screen.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const iconButtons = (page: Page) =>
  page
    .locator('button[aria-label]:visible:not([tabindex="-1"])')
    .evaluateAll((buttons) =>
      buttons
        .filter((it) => it.textContent?.trim() === '')
        .map((it) => it.getAttribute('aria-label') ?? ''),
    );

test.each([1100, 400])(
  'every icon button shows its name to keyboard users, %i pixels wide',
  async (width) => {
    const { page, choose, message } = await open('busy', { viewport: { width, height: 760 } });
    const seen = new Set<string>();
    const walk = async (wanted: readonly string[]) => {
      for (let press = 0; press < 40 && wanted.some((it) => !seen.has(it)); press += 1) {
        await page.keyboard.press('Tab');
        const name = await focusedIcon(page);
        if (name === null) {
          await expect.poll(() => tipOf(page).count()).toBe(0);
          continue;
        }
        await shows(page, name);
        seen.add(name);
      }
      expect(wanted.filter((it) => !seen.has(it))).toEqual([]);
    };
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    await walk(await iconButtons(page));
    expect(seen).toContain('Share my address');
    await choose('Bob');
    await message.fill('hello');
    await page.keyboard.press('Control+f');
    await page.locator('search.find input').waitFor();
    await page.keyboard.type('port');
    await page.getByText('1 of 1').waitFor();
    await page.evaluate('document.activeElement.blur()');
    await walk(await iconButtons(page));
    for (const name of [
      'Contact details',
      'More',
      'Older result',
      'Insert emoji',
      'Send',
      'Message actions',
    ]) {
      expect(seen).toContain(name);
    }
  },
);

describe('a tooltip', () => {
  const rest = async (page: Page) => {
    const button = page.getByRole('button', { name: 'Share my address' });
    const before = await page.locator('#root').boundingBox();
    await button.hover();
    await shows(page, 'Share my address');
    // Nothing else moved.
    await expect.poll(() => page.locator('#root').boundingBox()).toEqual(before);
    return button;
  };

  test('opens when the pointer rests, stays when it moves onto it, and closes when it leaves', async () => {
    const { page } = await open('busy', { apart: true });
    await page.clock.install();
    await rest(page);
    const [x, y] = await middleOf(tipOf(page));
    await page.mouse.move(x, y, { steps: 8 });
    // Longer than a tip lasts that nobody is on.
    await page.clock.runFor(400);
    await expect.poll(() => tipOf(page).count()).toBe(1);
    await page.mouse.move(x + 300, y + 300);
    await tipOf(page).waitFor({ state: 'detached' });
  });

  test('closes with Escape, which does nothing else, and stays closed', async () => {
    const { page } = await open('busy');
    await page.getByRole('button', { name: 'Settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await shows(page, 'Close');
    await page.keyboard.press('Escape');
    await tipOf(page).waitFor({ state: 'detached' });
    await expect.poll(() => dialog.isVisible()).toBe(true);
    await expect.poll(() => focusedIcon(page)).toBe('Close');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('in a dialog is above it, and the pointer can move onto it there too', async () => {
    const { page } = await open('busy', { apart: true });
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    // One whose content is there at once, so that its button stays under the pointer.
    await page.keyboard.press('Control+/');
    const close = page.getByRole('dialog').getByRole('button', { name: 'Close' });
    await close.waitFor();
    await page.clock.install();
    await close.hover();
    await tipOf(page).waitFor();
    const [x, y] = await middleOf(tipOf(page));
    await page.mouse.move(x, y, { steps: 8 });
    await page.clock.runFor(400);
    await expect.poll(() => tipOf(page).textContent()).toBe('Close');
    await page.mouse.move(x - 200, y + 200);
    await tipOf(page).waitFor({ state: 'detached' });
  });

  test('opens although something else scrolls meanwhile', async () => {
    const { page, choose } = await open('long');
    await choose('Bob');
    await page.getByRole('button', { name: 'Send' }).hover();
    await page.locator('.log').evaluate((it) => it.scrollBy(0, -300));
    await shows(page, 'Send');
  });

  test('opens although a script moves the focus meanwhile', async () => {
    const { page } = await open('busy');
    await page.getByRole('textbox', { name: 'Search', exact: true }).focus();
    await page.getByRole('button', { name: 'Share my address' }).hover();
    await page.evaluate('document.activeElement.blur()');
    await page.getByRole('button', { name: 'Connect', exact: true }).first().focus();
    await shows(page, 'Share my address');
  });

  test('does not open because a script moved the focus', async () => {
    const { page } = await open('busy');
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => tipOf(page).count()).toBe(0);
  });

  test('opens on a long press, which does not press the button', async () => {
    const { page } = await open('busy', { hasTouch: true });
    const button = page.getByRole('button', { name: 'Share my address' });
    const touch = (type: string) => button.dispatchEvent(type, { pointerType: 'touch' });
    await touch('pointerdown');
    await tipOf(page).waitFor();
    await touch('pointerup');
    await button.dispatchEvent('click');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => tipOf(page).textContent()).toBe('Share my address');
    await tipOf(page).waitFor({ state: 'detached' });
    await button.tap();
    await page.getByRole('dialog').waitFor();
  });

  test.each(['light', 'dark'] as const)('passes axe, %s', async (colorScheme) => {
    const { page } = await open('busy', { colorScheme });
    await rest(page);
    expect(await faultsOf(page)).toEqual([]);
  });
});

test('no element has a title attribute, which neither keyboard nor touch users can read', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  await expect.poll(() => page.locator('[title]').count()).toBe(0);
});

test('the message field has an accessible description of how to send', async () => {
  const { page, choose, message } = await open('busy');
  await choose('Bob');
  const id = (await message.getAttribute('aria-describedby')) ?? '';
  const described = await page.locator(`[id="${id}"]`).textContent();
  expect(described).toContain('Enter sends');
});
