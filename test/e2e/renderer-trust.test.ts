import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { identityCode, safetyNumber } from '../../src/shared/address/identity-text.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: whom one is talking to.

const open = setStage();
const ALICE_KEY = 'a3'.repeat(32);
const BOB_KEY = '5c'.repeat(32);
const NEW_KEY = 'e1'.repeat(32);

const groups = (code: string) => code.split(' ');

test('the safety number is shown in groups, compared, marked and unmarked', async () => {
  const { page, choose } = await open('known');
  await choose('Bob');
  await page.getByRole('button', { name: 'Contact details' }).click();
  const dialog = page.getByRole('dialog', { name: 'Contact details' });
  await dialog.getByText('Known since you first met').waitFor();
  const code = dialog.getByRole('list', { name: 'Identity code' }).getByRole('listitem');
  await expect.poll(() => code.allTextContents()).toEqual(groups(identityCode(BOB_KEY)));
  const number = dialog.getByRole('list', { name: 'Safety number' }).getByRole('listitem');
  await number.first().waitFor();
  await expect
    .poll(() => number.allTextContents())
    .toEqual(groups(await safetyNumber(ALICE_KEY, BOB_KEY)));
  await dialog.getByRole('button', { name: 'They are the same: mark as verified' }).click();
  await dialog.getByText('Verified by you').waitFor();
  await dialog.getByText('Bob is now marked as verified.').waitFor();
  await dialog.getByRole('button', { name: 'Remove verification' }).click();
  await dialog.getByText('Known since you first met').waitFor();
});

test('removing a contact is confirmed first', async () => {
  const { page, conversations, choose } = await open('known');
  await choose('Bob');
  await page.getByRole('button', { name: 'Contact details' }).click();
  await page.getByRole('button', { name: 'Forget contact…' }).click();
  const sure = page.getByRole('dialog', { name: 'Forget Bob?' });
  await sure.getByText('all messages of this conversation').waitFor();
  await page.keyboard.press('Escape');
  await sure.waitFor({ state: 'detached' });
  await page.getByRole('dialog', { name: 'Contact details' }).waitFor();
  await page.getByRole('button', { name: 'Forget contact…' }).click();
  await sure.getByRole('button', { name: 'Forget and delete' }).click();
  await conversations.getByText('No conversations yet').waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('a changed key is explained with both codes, and messages stay queued', async () => {
  const { page, log, message, choose } = await open('key-changed');
  await choose('Bob');
  const banner = page.getByRole('region', { name: 'Bob’s security key has changed' });
  await banner.getByText('Nothing is sent to the new key. What you write waits here.').waitFor();
  const codes = (name: string) =>
    banner.getByRole('list', { name }).getByRole('listitem').allTextContents();
  await expect.poll(() => codes('The code you know')).toEqual(groups(identityCode(BOB_KEY)));
  await expect
    .poll(() => codes('The code that answers now'))
    .toEqual(groups(identityCode(NEW_KEY)));
  await message.fill('later then');
  await message.press('Enter');
  await log.getByRole('listitem').filter({ hasText: 'later then' }).getByText('Waiting').waitFor();
  await banner.getByRole('button', { name: 'Don’t trust it yet' }).click();
  await banner.getByText('The key you know stays').waitFor();
  const calls = await page.evaluate(() =>
    (globalThis as InPage).fakeCore.calls.map((it) => it.name),
  );
  expect(calls).not.toContain('acceptIdentity');
});

test.each([
  ['key-changed', 'Bob’s security key has changed'],
  ['not-encrypted-now', 'This connection isn’t encrypted'],
  ['address-taken-alike', 'Bob’s security key has changed'],
] as const)('the list shows %s beside the name as “%s”', async (scenario, words) => {
  const { conversations } = await open(scenario);
  const row = conversations.getByRole('button', { name: words });
  await row.waitFor();
  await expect.poll(() => row.count()).toBe(1);
  await expect.poll(() => row.locator('.item-warning svg').isVisible()).toBe(true);
});

test('the list shows no warning for an offline contact', async () => {
  const { page, conversations } = await open('away');
  await conversations.getByRole('button', { name: 'Bob' }).waitFor();
  await expect.poll(() => page.locator('.item-warning').count()).toBe(0);
});

test('a new key is trusted only after a second question, and is exactly the one shown', async () => {
  const { page, choose } = await open('key-changed');
  await choose('Bob');
  const trust = page.getByRole('button', { name: 'This is really Bob: trust the new key' });
  await trust.click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key?' });
  await sure.getByRole('button', { name: 'Cancel' }).click();
  await sure.waitFor({ state: 'detached' });
  await trust.click();
  await sure.getByRole('button', { name: 'Trust the new key' }).click();
  await page.getByText('You now trust Bob’s new key.').waitFor();
  await trust.waitFor({ state: 'detached' });
  const accepted = await page.evaluate(() =>
    (globalThis as InPage).fakeCore.calls
      .filter((it) => it.name === 'acceptIdentity')
      .map((it) => it.input),
  );
  expect(accepted).toMatchObject([{ identity: NEW_KEY }]);
});

test('a connection that lost its encryption is explained, and can only be retried', async () => {
  const { page, choose } = await open('not-encrypted-now');
  await choose('Bob');
  const banner = page.getByRole('region', { name: 'This connection isn’t encrypted' });
  await banner.getByText('Nothing is sent without encryption').waitFor();
  await expect.poll(() => banner.getByRole('button').allTextContents()).toEqual(['Try again']);
});

const calledWith = (page: Page, name: string) =>
  page.evaluate(
    (asked) =>
      (globalThis as InPage).fakeCore.calls.filter((it) => it.name === asked).map((it) => it.input),
    name,
  );

/** The page at a request of somebody with Bob's name and address and another key. */
async function lookalikeRequest(scenario: 'lookalike' | 'lookalike-online' = 'lookalike') {
  const opened = await open(scenario);
  const { page, conversations } = opened;
  await conversations.getByRole('button', { name: 'I have a new computer' }).click();
  const warning = page.getByRole('region', { name: 'You already know Bob at this address' });
  await warning.waitFor();
  return { ...opened, warning };
}

test('a lookalike request shows both codes and the contact, and is not accepted in one step', async () => {
  const { page, conversations, warning, log } = await lookalikeRequest();
  await expect
    .poll(() => page.getByRole('button', { name: 'Accept', exact: true }).count())
    .toBe(0);
  const codes = (name: string) =>
    warning.getByRole('list', { name }).getByRole('listitem').allTextContents();
  await expect.poll(() => codes('The code you know')).toEqual(groups(identityCode(BOB_KEY)));
  await expect.poll(() => codes('The code of this request')).toEqual(groups(identityCode(NEW_KEY)));
  await expect.poll(() => warning.getByText('is online right now').count()).toBe(0);
  const marked = conversations.getByText('You already know Bob at this address');
  await expect.poll(() => marked.count()).toBe(1);
  await warning.getByRole('button', { name: 'Open the conversation with Bob' }).click();
  await log.getByText('Soldering it tonight.').waitFor();
});

test('a lookalike of a contact that is online says so', async () => {
  const { warning } = await lookalikeRequest('lookalike-online');
  await warning.getByText('Bob is online right now with the key you know.').waitFor();
});

test('a lookalike request that is the contact is merged into the old conversation, after a second question', async () => {
  const { page, conversations, warning, log } = await lookalikeRequest();
  await warning.getByRole('button', { name: 'It’s really Bob…' }).click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key and merge' });
  await sure.getByRole('button', { name: 'Cancel' }).click();
  await sure.waitFor({ state: 'detached' });
  await expect.poll(() => calledWith(page, 'acceptIdentity')).toEqual([]);
  await warning.getByRole('button', { name: 'It’s really Bob…' }).click();
  await sure.getByRole('button', { name: 'Merge both conversations' }).click();
  await log.getByText('I have a new computer.').waitFor();
  await log.getByText('Soldering it tonight.').waitFor();
  await expect.poll(() => conversations.getByRole('button', { name: 'Bob' }).count()).toBe(1);
  await expect
    .poll(() => calledWith(page, 'acceptIdentity'))
    .toMatchObject([{ identity: NEW_KEY, merge: true }]);
});

test('a lookalike request is accepted as a separate contact only explicitly', async () => {
  const { page, conversations, warning } = await lookalikeRequest();
  await warning.getByRole('button', { name: 'It’s someone else…' }).click();
  const sure = page.getByRole('dialog', { name: 'Accept as someone else?' });
  await sure.getByRole('button', { name: 'Accept as someone else' }).click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await expect
    .poll(() => calledWith(page, 'setPolicy'))
    .toMatchObject([{ policy: 'accepted', really: true }]);
  await expect.poll(() => conversations.getByRole('button', { name: 'Bob' }).count()).toBe(2);
});

test('a blocked lookalike that is unblocked is a request again, with its warning', async () => {
  const { page, conversations, warning } = await lookalikeRequest();
  await warning.getByRole('button', { name: 'Block' }).click();
  await page.getByText('You have blocked Bob').waitFor();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await warning.waitFor();
  await expect
    .poll(() => calledWith(page, 'setPolicy'))
    .toMatchObject([{ policy: 'blocked' }, { policy: 'request' }]);
  await conversations.getByRole('heading', { name: 'Requests' }).waitFor();
});

test('a changed key that belongs to another contact is trusted by merging both conversations', async () => {
  const { page, conversations } = await open('key-changed-request');
  await conversations.getByRole('button', { name: 'Are you still there?' }).click();
  await page.getByRole('button', { name: 'This is really Bob: trust the new key' }).click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key and merge' });
  await sure.getByRole('button', { name: 'Merge both conversations' }).click();
  await page.getByText('I have a new computer.').first().waitFor();
  await expect.poll(() => conversations.getByRole('button', { name: 'Bob' }).count()).toBe(1);
});

test('a contact of the same name that now has the address can be merged', async () => {
  const { page, conversations } = await open('address-taken-alike');
  await conversations.getByRole('button', { name: 'Are you still there?' }).click();
  await page.getByRole('button', { name: 'This is really Bob: trust the new key' }).click();
  const sure = page.getByRole('dialog', { name: 'Trust the new key and merge' });
  await sure.getByRole('button', { name: 'Merge both conversations' }).click();
  await page.getByText('I have a new computer.').first().waitFor();
  await expect.poll(() => conversations.getByRole('button', { name: 'Bob' }).count()).toBe(1);
});

test('an incoming request is announced to screen readers, politely', async () => {
  const { page } = await open('known');
  await page.evaluate(() => (globalThis as InPage).fakeCore.request('Dora', 'Hello Alice'));
  const status = page.getByRole('status').filter({ hasText: 'Dora wants to chat with you' });
  await status.waitFor({ state: 'attached' });
});
