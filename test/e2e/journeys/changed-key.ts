import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Copy, Host } from '../../support/hosts/host.ts';
import { type TwoPeople, twoFriends } from './chatting.ts';
import {
  arrived,
  connectTo,
  hear,
  messageOf,
  messagesOf,
  open,
  ownAddress,
  say,
  write,
} from './first-chat.ts';

const LATER = 'Only for Bob: the code is 4711';

/**
 * Bob has a new computer, and so a new key: Alice's sending stops, she compares the codes, takes the
 * new one for his, and only then what she wrote goes out, once, to the new key and to no other.
 */
export async function changedKeyAccepted(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  const oldCode = await identityCodeOf(bob.page);
  const { newBob, waiting } = await somebodyElseAnswers(host, { alice, bob });
  const newCode = await identityCodeOf(newBob.page);
  const banner = bannerOf(page);
  await banner.getByText('happens when Bob reinstalls Parley').waitFor();
  await banner.getByText('Ask Bob another way, for example by phone').waitFor();
  await expect.poll(() => codeIn(banner, 'The code you know')).toEqual(oldCode);
  await expect.poll(() => codeIn(banner, 'The code that answers now')).toEqual(newCode);
  expect(newCode).not.toEqual(oldCode);

  await banner.getByRole('button', { name: 'This is really Bob: trust the new key' }).click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key?' });
  await sure.getByText('only if Bob has confirmed the new code').waitFor();
  await sure.getByRole('button', { name: 'Cancel' }).click();
  await expectNobodyCalled(newBob);
  await banner.getByRole('button', { name: 'This is really Bob: trust the new key' }).click();
  await sure.getByRole('button', { name: 'Trust the new key' }).click();
  await banner.waitFor({ state: 'detached' });
  await arrived(waiting);
  await open(newBob.page, 'Alice');
  await hear(newBob.page, LATER);
  await expect.poll(() => messageOf(newBob.page, LATER).count()).toBe(1);
  await page.getByRole('button', { name: 'Contact details' }).click();
  const contact = page.getByRole('dialog', { name: 'Contact details' });
  await expect.poll(() => codeIn(contact, 'Identity code')).toEqual(newCode);
  await page.keyboard.press('Escape');

  // The old key comes back to its place: it is the stranger now.
  await newBob.quit();
  await bob.start();
  const tooLate = await write(page, 'And the door is open');
  await askAgainUntil(page, banner);
  await tooLate.getByText('Waiting').waitFor();
  await open(bob.page, 'Alice');
  await hear(bob.page, 'Hi Alice!');
  expect(
    await messagesOf(bob.page)
      .getByText(/4711|the door/)
      .count(),
  ).toBe(0);
}

/** Alice does not take the new key for Bob's: it hears nothing; the old one does when it is back. */
export async function changedKeyRefused(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  const { newBob, waiting } = await somebodyElseAnswers(host, { alice, bob });
  const banner = bannerOf(page);
  await banner.getByRole('button', { name: 'Don’t trust it yet' }).click();
  await banner.getByText('The key you know stays.').waitFor();
  await banner.getByRole('button', { name: 'Try again' }).click();
  await banner.getByText('Nothing is sent to the new key.').waitFor();
  await waiting.getByText('Waiting').waitFor();

  // Also not after a restart, when everything is tried anew.
  await alice.quit();
  await alice.start();
  await open(alice.page, 'Bob');
  const stillWaiting = messageOf(alice.page, LATER);
  await bannerOf(alice.page).waitFor();
  await stillWaiting.getByText('Waiting').waitFor();
  await expectNobodyCalled(newBob);

  await newBob.quit();
  await bob.start();
  await arrived(stillWaiting);
  await open(bob.page, 'Alice');
  await hear(bob.page, LATER);
  await expect.poll(() => messageOf(bob.page, LATER).count()).toBe(1);
  await bannerOf(alice.page).waitFor({ state: 'detached' });
}

/**
 * Bob has a new computer and writes first: his request is not accepted by a mere yes, since Alice knows
 * a Bob with another key. She compares the codes; the request becomes part of their old conversation,
 * and what had waited for him arrives, once.
 */
export async function changedKeyWritesFirst(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  const oldCode = await identityCodeOf(bob.page);
  await bob.quit();
  const waiting = await write(page, LATER);
  await waiting.getByText('Waiting').waitFor();
  const newBob = await host.start({ name: 'Bob', port: bob.port });
  const newCode = await identityCodeOf(newBob.page);
  await connectTo(newBob.page, await ownAddress(page));
  await say(newBob.page, 'Hi Alice, I have a new computer');

  const list = page.getByRole('navigation', { name: 'Conversations' });
  await page.getByRole('heading', { name: 'Requests' }).waitFor();
  await list.getByRole('button', { name: 'I have a new computer' }).click();
  const warning = page.getByRole('region', { name: 'You already know Bob' });
  await warning.waitFor();
  await expect
    .poll(() => page.getByRole('button', { name: 'Accept', exact: true }).count())
    .toBe(0);
  await expect.poll(() => codeIn(warning, 'The code you know')).toEqual(oldCode);
  await expect.poll(() => codeIn(warning, 'The code of this request')).toEqual(newCode);

  await warning.getByRole('button', { name: 'It’s really Bob…' }).click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key and merge' });
  await sure.getByText('only if Bob has confirmed the new code').waitFor();
  await sure.getByRole('button', { name: 'Merge both conversations' }).click();
  await page.getByRole('heading', { name: 'Requests' }).waitFor({ state: 'detached' });
  await expect.poll(() => list.getByRole('button', { name: 'Bob' }).count()).toBe(1);
  await hear(page, 'Hi Alice, I have a new computer');
  await hear(page, 'Hi Alice!');
  await arrived(messageOf(page, LATER));
  await hear(newBob.page, LATER);
  await expect.poll(() => messageOf(newBob.page, LATER).count()).toBe(1);
}

/** Another key answers at Bob's address while a message of Alice's waits for him. */
async function somebodyElseAnswers(
  host: Host,
  { alice, bob }: TwoPeople,
): Promise<{ readonly newBob: Copy; readonly waiting: Locator }> {
  await bob.quit();
  await alice.page.getByText('What you write is sent when they’re back.').waitFor();
  const waiting = await write(alice.page, LATER);
  const newBob = await host.start({ name: 'Bob', port: bob.port });
  const banner = bannerOf(alice.page);
  await askAgainUntil(alice.page, banner);
  await banner.getByText('Nothing is sent to the new key. What you write waits here.').waitFor();
  await waiting.getByText('Waiting').waitFor();
  await expectNobodyCalled(newBob);
  return { newBob, waiting };
}

function bannerOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Bob’s security key has changed' });
}

/** Parley tries by itself, too, but waits longer each time. */
async function askAgainUntil(page: Page, there: Locator): Promise<void> {
  await page.getByText('What you write is sent').or(there).first().waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  const tryAgain = page.getByRole('menuitem', { name: 'Try again' });
  // It may have tried by itself just now.
  if (await tryAgain.isVisible()) await tryAgain.click({ timeout: 2_000 }).catch(() => undefined);
  else await page.keyboard.press('Escape');
  await there.waitFor();
}

/** The new key knows nothing of Alice. */
async function expectNobodyCalled({ page }: Copy): Promise<void> {
  await page.getByText('No conversations yet').waitFor();
}

/** The code of one's own key, in its groups, as Settings show it. */
async function identityCodeOf(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const code = await codeIn(settings, 'Your identity code');
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
  return code;
}

async function codeIn(part: Locator, name: string): Promise<string[]> {
  const groups = part.getByRole('list', { name }).getByRole('listitem');
  await groups.first().waitFor();
  return groups.allTextContents();
}
