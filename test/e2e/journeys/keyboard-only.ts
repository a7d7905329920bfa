import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { twoPeople } from './chatting.ts';
import { arrived, hear, messageOf, messagesOf, ownAddress } from './first-chat.ts';

/** Two people who have no mouse do everything: from the first run to settings and contact page. */
export async function keyboardOnly(host: Host): Promise<void> {
  const { alice, bob } = await twoPeople(host);
  const address = await ownAddress(bob.page);
  const pointers = await Promise.all([countPointers(alice.page), countPointers(bob.page)]);

  await answerFirstRun(alice.page);
  await connectAndWrite(alice.page, address);
  await acceptAndReply(bob.page);
  await hear(alice.page, 'Nor here');
  await alice.page.getByRole('button', { name: 'Reply to You: No mouse here' }).waitFor();
  await search(alice.page);
  await changeName(alice.page);
  await lookAtContact(alice.page);
  for (const count of pointers) await expect.poll(() => count()).toBe(0);
}

async function answerFirstRun(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: 'Your name' }));
  await tabTo(page, page.getByRole('radio', { name: 'Only this computer' }));
  await tabTo(page, page.getByRole('button', { name: 'Start', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Chat directly, computer to computer' }).waitFor();
}

async function connectAndWrite(page: Page, address: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+n');
  await focused(page.getByRole('textbox', { name: 'Friend’s address' }));
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await focused(page.getByRole('textbox', { name: 'Message', exact: true }));
  await page.keyboard.type('No mouse here');
  await page.keyboard.press('Enter');
  await arrived(messageOf(page, 'No mouse here'));
}

async function acceptAndReply(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Requests' }).waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('region', { name: 'Alice wants to chat with you' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Accept', exact: true }));
  await page.keyboard.press('Enter');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await focused(composer);

  // Up into the messages, to what can be done with the last one.
  await tabTo(page, messagesOf(page).getByRole('article', { name: /No mouse here/ }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Reply to Alice').waitFor();
  await focused(composer);
  await page.keyboard.type('Nor here');
  await page.keyboard.press('Enter');
  await arrived(messageOf(page, 'Nor here'));
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await focused(page.getByRole('textbox', { name: 'Search', exact: true }));
  await page.keyboard.type('mouse');
  const results = page.getByRole('region', { name: 'Search results' });
  await results.getByRole('button', { name: /No mouse here/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await focused(messagesOf(page).getByRole('article', { name: /No mouse here/ }));

  await page.keyboard.press('ControlOrMeta+f');
  await focused(page.getByRole('textbox', { name: 'Search in this conversation' }));
  await page.keyboard.type('here');
  await page.getByText('1 of 2').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('2 of 2').waitFor();
  await page.keyboard.press('Escape');
  await focused(page.getByRole('textbox', { name: 'Message', exact: true }));
}

async function changeName(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await tabTo(page, settings.getByRole('textbox', { name: 'Your name' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Alicia');
  await page.keyboard.press('Enter');
  await settings.getByText('You are now called Alicia.').waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
}

async function lookAtContact(page: Page): Promise<void> {
  const details = page.getByRole('button', { name: 'Contact details' });
  await tabTo(page, details);
  await page.keyboard.press('Enter');
  const contact = page.getByRole('dialog', { name: 'Contact details' });
  // Nobody says that numbers are the same before there is one.
  await contact.getByRole('list', { name: 'Safety number' }).waitFor();
  await tabTo(page, contact.getByRole('button', { name: 'They are the same: mark as verified' }));
  await page.keyboard.press('Enter');
  await contact.getByText('Verified by you').waitFor();
  await page.keyboard.press('Escape');
  await contact.waitFor({ state: 'detached' });
  // One is back where one was.
  await focused(details);
  await page.keyboard.press('ControlOrMeta+/');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const MOST_TABS = 60;

/** Presses Tab until `target` has the focus, as one sees it. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press(key);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${key} never came to ${target}.`);
}

/** Waits until `target` has the focus. */
async function focused(target: Locator): Promise<void> {
  await target.waitFor();
  await expect.poll(() => hasFocus(target)).toBe(true);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((it) => it.matches(':focus'));
}

/** Counts what only a mouse, a pen or a finger does. */
async function countPointers(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(`{
    globalThis.pointers = 0;
    addEventListener('pointerdown', () => { globalThis.pointers += 1; }, true);
  }`);
  return () => page.evaluate('globalThis.pointers');
}
