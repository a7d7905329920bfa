import { expect, test } from 'vitest';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: the first run, settings, looks, keys.

const open = setStage();
const BOB = idOf(1);

test('settings show invalid input, and what they changed', async () => {
  const { page } = await open('empty');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const port = dialog.getByRole('textbox', { name: 'Port' });
  const save = dialog.getByRole('button', { name: 'Save: Port' });
  await port.fill('abc');
  await save.click();
  await dialog.getByRole('alert').getByText('abc is not a port').waitFor();
  await port.fill('80');
  await save.click();
  await dialog.getByRole('alert').getByText('may not listen on port 80').waitFor();
  await port.fill('8090');
  await port.press('Enter');
  await dialog.getByText('Your port is now 8090.').waitFor();
  await dialog.getByRole('listitem').getByText('192.168.1.20:8090').waitFor();
  await dialog.getByRole('textbox', { name: 'Your name' }).fill('Alicia');
  await dialog.getByRole('button', { name: 'Save: Your name' }).click();
  await dialog.getByText('You are now called Alicia.').waitFor();
});

test('reach and privacy settings apply at once and are confirmed', async () => {
  const { page } = await open('empty-local');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const reach = dialog.getByRole('group', { name: 'Who may reach you?' });
  await expect
    .poll(() => reach.getByRole('radio', { name: 'Only this computer' }).isChecked())
    .toBe(true);
  await reach.getByRole('radio', { name: 'My network' }).check();
  await dialog.getByText('From now on your network can reach you.').waitFor();
  const receipts = dialog.getByRole('switch', { name: 'Tell others what you have read' });
  await receipts.click();
  await dialog.getByText('Others no longer see what you have read.').waitFor();
  await expect.poll(() => receipts.isChecked()).toBe(false);
  const changes = await page.evaluate(() =>
    (globalThis as InPage).fakeCore.calls
      .filter((it) => it.name === 'updateSettings')
      .map((it) => it.input),
  );
  expect(changes).toEqual([{ reach: 'network' }, { receipts: false }]);
});

test('the first run asks two questions, once', async () => {
  const { page } = await open('empty-local');
  await page.getByRole('heading', { name: 'Welcome to Parley' }).waitFor();
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.fill('');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('alert').getByText('The name is empty').waitFor();
  await name.fill('Alicia');
  await page.getByRole('radio', { name: 'My network' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Chat directly, computer to computer' }).waitFor();
  await page.getByRole('region', { name: 'You' }).getByText('Alicia').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Chat directly, computer to computer' }).waitFor();
});

test('our own address can be copied, shown as a code and opened to the network', async () => {
  const { page } = await open('empty-local');
  await page.getByRole('button', { name: 'Start' }).click();
  const share = page.getByRole('region', { name: 'Your address' });
  await share.getByRole('button', { name: 'Copy invite link' }).click();
  await share.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => (globalThis as InPage).fakeCore.copied);
  expect(copied).toEqual([`parley://127.0.0.1:8080/#${'a3'.repeat(32)}`]);
  await share.getByRole('img', { name: 'QR code of your invite link' }).waitFor();
  await share.getByRole('button', { name: 'Allow my network' }).click();
  await share.getByRole('button', { name: 'Allow my network' }).waitFor({ state: 'detached' });
});

test('colours, text size and language apply at once and persist', async () => {
  const { page } = await open('busy');
  const root = page.locator(':root');
  const ground = () =>
    page.locator('body').evaluate((it) => {
      const { getComputedStyle } = globalThis as unknown as {
        getComputedStyle: (of: unknown) => { backgroundColor: string; fontSize: string };
      };
      const html = getComputedStyle((it as unknown as { parentElement: unknown }).parentElement);
      return { colour: html.backgroundColor, size: html.fontSize };
    });
  const before = await ground();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Largest' }).check();
  const after = await ground();
  expect(after.colour).not.toBe(before.colour);
  expect([before.size, after.size]).toEqual(['16px', '21.6px']);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await page.getByRole('dialog', { name: 'الإعدادات' }).waitFor();
  await expect.poll(() => root.getAttribute('dir')).toBe('rtl');
  await expect.poll(() => root.getAttribute('lang')).toBe('ar');
  await page.reload();
  await page.getByRole('navigation', { name: 'المحادثات' }).waitFor();
  expect((await ground()).colour).toBe(after.colour);
});

test('right to left, the list is on the right, and nothing overflows the window', async () => {
  const { page } = await open('busy', { locale: 'ar', viewport: { width: 1000, height: 700 } });
  const list = await page.getByRole('navigation', { name: 'المحادثات' }).boundingBox();
  expect(list?.x).toBeGreaterThan(600);
  await page.locator('.conversation-item', { hasText: 'Carol' }).click();
  await page.getByRole('log').waitFor();
  await expect.poll(() => page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(1000);
});

test('a change of the system’s theme is followed unless one was chosen', async () => {
  const { page } = await open('busy');
  const colour = () =>
    page.locator(':root').evaluate((it) => {
      const { getComputedStyle } = globalThis as unknown as {
        getComputedStyle: (of: unknown) => { backgroundColor: string };
      };
      return getComputedStyle(it).backgroundColor;
    });
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await colour();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => colour()).not.toBe(light);
});

test('keyboard shortcuts work, and are listed', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await message.waitFor();
  const shown = () => page.getByRole('heading', { level: 1 }).textContent();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => shown()).toBe('Carol Østergård');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => shown()).toBe('Bob');
  await page.keyboard.press('Alt+n');
  await expect
    .poll(() =>
      page
        .getByRole('textbox', { name: 'Friend’s address' })
        .evaluate((it) => it.matches(':focus')),
    )
    .toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Choose a conversation' }).waitFor();
  await page.keyboard.press('Control+,');
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Next conversation').waitFor();
  // Its own keys while it is open: no conversation is chosen behind it.
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Choose a conversation' }).waitFor();
});

test('the list is one tab stop, and the arrow keys move in it', async () => {
  const { page, conversations } = await open('busy');
  await page.getByRole('textbox', { name: 'Search', exact: true }).focus();
  await page.keyboard.press('Tab');
  // The focus follows a key a moment later.
  const focused = () => expect.poll(() => page.locator(':focus').textContent());
  await focused().toContain('Dmitri');
  await page.keyboard.press('ArrowDown');
  await focused().toContain('Bob');
  await page.keyboard.press('End');
  await focused().toContain('Noor');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Noor' }).waitFor();
  await expect.poll(() => conversations.locator('[aria-current="true"]').count()).toBe(1);
});

test('typing is shown, and our own typing is reported', async () => {
  const { page, conversations, message, choose } = await open('busy');
  const theyType = (length: number) =>
    page.evaluate(([id, ms]) => (globalThis as InPage).fakeCore.typing(id, ms), [
      BOB,
      length,
    ] as const);
  await theyType(600_000);
  await conversations.getByText('Typing…').waitFor();
  await choose('Bob');
  // It ends by itself.
  await theyType(100);
  await conversations.getByText('Typing…').waitFor({ state: 'detached' });
  await message.pressSequentially('Hello');
  const told = await page.evaluate(
    () => (globalThis as InPage).fakeCore.calls.filter((it) => it.name === 'typing').length,
  );
  // How often depends on how fast the keys follow each other.
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan('Hello'.length);
});
