import { expect, test } from 'vitest';
import { type ProblemCode, problem } from '../../src/shared/problems/problem.ts';
import { calls } from '../support/renderer-harness/looks.ts';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: somebody is away, or was never there.

const open = setStage();

test('an offline contact is reported quietly, in one line, with the diagnosis one click away', async () => {
  const { page, choose } = await open('away');
  await choose('Bob');
  const line = page.locator('.away');
  await line.getByText('Bob is offline.').waitFor();
  await expect
    .poll(() => line.getByRole('status').textContent())
    .toBe('Bob is offline. What you write is sent when they’re back.');
  await expect.poll(() => page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  const box = await line.boundingBox();
  expect(box?.height).toBeLessThanOrEqual(38);
  await line.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('dialog', { name: 'Check the connection' }).waitFor();
  await page.keyboard.press('Escape');
  // Whoever does not want to wait finds it where everything about the conversation is.
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Try again' }).click();
  await expect.poll(() => calls(page, 'retry')).toEqual([{ contactId: idOf(1) }]);
});

test('the line does not move while it waits for the next attempt', async () => {
  const { page, choose } = await open('away');
  await choose('Bob');
  await page.locator('.away').waitFor();
  await page.evaluate(`{
    globalThis.changes = [];
    // The log above may still be filling.
    const inLine = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('.away');
    const about = ({ target, addedNodes, removedNodes }) =>
      inLine(target) || [...addedNodes, ...removedNodes].some((node) => inLine(node) || node.querySelector?.('.away'));
    new MutationObserver((all) => globalThis.changes.push(...all.filter(about).map((it) => it.target.textContent)))
      .observe(document.querySelector('.conversation'), { subtree: true, childList: true, characterData: true });
  }`);
  await page.evaluate(([id, again]) => (globalThis as InPage).fakeCore.setLink(id, again), [
    idOf(1),
    {
      phase: 'offline',
      problem: problem('refused', { host: '192.168.1.31', port: 8080 }),
      retryAt: Date.now() + 60_000,
    },
  ] as const);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  await expect.poll(() => page.evaluate('globalThis.changes')).toEqual([]);
});

test.each<readonly [ProblemCode, string]>([
  ['refused', 'Bob is offline.'],
  ['connection-lost', 'Bob is offline.'],
  ['timed-out', 'Bob is offline.'],
  ['unreachable', 'Bob can’t be reached right now.'],
  ['name-not-found', 'Bob can’t be reached right now.'],
  // They may be there and not take part: that is not for this side to know.
  ['not-a-peer', 'Bob can’t be reached right now.'],
  ['turned-away', 'Bob can’t be reached right now.'],
  ['too-many-open', 'This computer has too many open connections to reach 192.168.1.31.'],
])('the problem %s is shown as “%s”', async (code, words) => {
  const { page, choose } = await open('away');
  await choose('Bob');
  await page.evaluate(
    ([id, wrong]) =>
      (globalThis as InPage).fakeCore.setLink(id, {
        phase: 'offline',
        problem: wrong,
        retryAt: null,
      }),
    [idOf(1), problem(code, { host: '192.168.1.31', port: 8080 })] as const,
  );
  await page.locator('.away').getByText(words).waitFor();
});

test('a mistyped address is corrected where the failure is shown', async () => {
  const { page, choose, message } = await open('unreachable');
  await choose('192.168.1.37');
  await page.getByRole('button', { name: 'Edit address' }).click();
  const field = page.getByRole('textbox', { name: 'Address', exact: true });
  await expect.poll(() => field.evaluate((it) => it.matches(':focus'))).toBe(true);
  await page.keyboard.type('192.168.1.38 or so');
  await page.keyboard.press('Enter');
  await page.getByText('Addresses can’t contain spaces').waitFor();
  await field.fill('192.168.1.38:8080');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await expect
    .poll(() => calls(page, 'changeAddress'))
    .toContainEqual({
      contactId: idOf(7),
      address: '192.168.1.38:8080',
    });
  await message.waitFor();
});

test('Escape cancels the correction, and nothing else', async () => {
  const { page, choose } = await open('unreachable');
  await choose('192.168.1.37');
  await page.getByRole('button', { name: 'Edit address' }).click();
  await page.keyboard.press('Escape');
  const edit = page.getByRole('button', { name: 'Edit address' });
  await edit.waitFor();
  await expect.poll(() => edit.evaluate((it) => it.matches(':focus'))).toBe(true);
});

test('an address that never answered is forgotten when left, or removed at once', async () => {
  const { page, choose, conversations } = await open('unreachable');
  await choose('192.168.1.37');
  await page.getByRole('textbox', { name: 'Friend’s address' }).fill('192.168.1.50:8080');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await conversations.getByText('192.168.1.37').waitFor({ state: 'detached' });
  await expect.poll(() => calls(page, 'forgetAttempt')).toEqual([{ contactId: idOf(7) }]);
});

test('an address with messages is kept, and its removal is confirmed first', async () => {
  const { page, choose, conversations, message } = await open('unreachable');
  await choose('192.168.1.37');
  await message.fill('half a thought');
  await page.getByRole('textbox', { name: 'Friend’s address' }).fill('192.168.1.50:8080');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await expect.poll(() => calls(page, 'forgetAttempt')).toEqual([]);
  // Below those who have answered.
  await expect
    .poll(() => conversations.locator('.item-name').allTextContents())
    .toEqual(['Bob', '192.168.1.37:8080']);
  await choose('192.168.1.37');
  await page.getByRole('button', { name: 'Remove' }).click();
  const sure = page.getByRole('dialog', { name: 'Remove 192.168.1.37:8080?' });
  await sure.getByText('is deleted').waitFor();
  await sure.getByRole('button', { name: 'Remove' }).click();
  await conversations.getByText('192.168.1.37').waitFor({ state: 'detached' });
});
