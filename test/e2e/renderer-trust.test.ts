import { expect, test } from 'vitest';
import { identityCode, safetyNumber } from '../../src/shared/identity-text.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: whom one is talking to.

const open = setStage();
const ALICE_KEY = 'a3'.repeat(32);
const BOB_KEY = '5c'.repeat(32);
const NEW_KEY = 'e1'.repeat(32);

const groups = (code: string) => code.split(' ');

test('the safety number is shown in groups, compared, marked and taken back', async () => {
  const { page, choose } = await open('known');
  await choose('Bob');
  await page.getByRole('button', { name: 'Contact details' }).click();
  const dialog = page.getByRole('dialog', { name: 'Contact details' });
  await dialog.getByText('Known since you first met').waitFor();
  const code = dialog.getByRole('list', { name: 'Identity code' }).getByRole('listitem');
  expect(await code.allTextContents()).toEqual(groups(identityCode(BOB_KEY)));
  const number = dialog.getByRole('list', { name: 'Safety number' }).getByRole('listitem');
  await number.first().waitFor();
  expect(await number.allTextContents()).toEqual(groups(await safetyNumber(ALICE_KEY, BOB_KEY)));
  await dialog.getByRole('button', { name: 'They are the same: mark as verified' }).click();
  await dialog.getByText('Verified by you').waitFor();
  await dialog.getByText('Bob is now marked as verified.').waitFor();
  await dialog.getByRole('button', { name: 'Remove verification' }).click();
  await dialog.getByText('Known since you first met').waitFor();
});

test('forgetting a contact asks first', async () => {
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
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('a changed key is explained with both codes, and what is written waits', async () => {
  const { page, log, message, choose } = await open('key-changed');
  await choose('Bob');
  const banner = page.getByRole('region', { name: 'Bob’s security key has changed' });
  await banner.getByText('Nothing is sent to the new key. What you write waits here.').waitFor();
  const codes = (name: string) =>
    banner.getByRole('list', { name }).getByRole('listitem').allTextContents();
  expect(await codes('The code you know')).toEqual(groups(identityCode(BOB_KEY)));
  expect(await codes('The code that answers now')).toEqual(groups(identityCode(NEW_KEY)));
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

test('a new key is trusted only after a second question, and then exactly the one shown', async () => {
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

test('a connection that lost its encryption is explained, and can only be tried again', async () => {
  const { page, choose } = await open('not-encrypted-now');
  await choose('Bob');
  const banner = page.getByRole('region', { name: 'This connection isn’t encrypted' });
  await banner.getByText('Nothing is sent without encryption').waitFor();
  expect(await banner.getByRole('button').allTextContents()).toEqual(['Try again']);
});
