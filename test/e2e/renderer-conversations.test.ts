import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { problem } from '../../src/shared/problem.ts';
import { faultsOf } from '../support/axe.ts';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what is done in and with conversations.

const open = setStage();
const BOB = idOf(1);

const calls = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      (globalThis as InPage).fakeCore.calls
        .filter((it) => it.name === wanted)
        .map((it) => it.input),
    name,
  );

/** Whether a message is in view and not only in the page. */
const inView = (page: Page, text: string) =>
  page.evaluate(`(() => {
    const box = document.querySelector('[role="log"]').getBoundingClientRect();
    const found = [...document.querySelectorAll('.bubble')].find(
      (it) => it.textContent.startsWith(${JSON.stringify(text)}),
    );
    const { top, bottom } = found?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
    return top >= box.top && bottom <= box.bottom;
  })()`);

/** Waits until what has the focus holds `text`. */
const focused = (page: Page, text: string) =>
  expect
    .poll(() => page.evaluate('document.activeElement.textContent'), { timeout: 5_000 })
    .toContain(text);

/** Waits until a message is in view. */
const seen = (page: Page, text: string) =>
  expect.poll(() => inView(page, text), { timeout: 5_000 }).toBe(true);

test('a message is answered: quoted while writing, quoted above the answer, one click away', async () => {
  const { page, log, message, choose, sent } = await open('long');
  await choose('Bob');
  await log.getByText('Message number 399').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Message actions' }).waitFor();
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await page.getByText('Reply to Bob').waitFor();
  // The focus is in the field, and Escape takes the quote away but not the conversation.
  await page.keyboard.type('which one?');
  await page.keyboard.press('Escape');
  await page.getByText('Reply to Bob').waitFor({ state: 'detached' });
  expect(await message.inputValue()).toBe('which one?');
  await log.getByText('Message number 399').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await page.keyboard.press('Enter');
  const quote = log.getByRole('button', { name: 'Answer to Bob: Message number 399' });
  await quote.waitFor();
  expect(await sent()).toMatchObject([{ body: 'which one?', replyTo: idOf(1_399) }]);
  await quote.click();
  await seen(page, 'Message number 399');
  await focused(page, 'Message number 399');
});

test('an answer to a message that is not here says so', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await page.evaluate(
    ([id, gone, far]) => {
      const core = (globalThis as InPage).fakeCore;
      core.receive(id ?? '', 'to one that is gone', gone);
      core.receive(id ?? '', 'to one far back', far);
    },
    [BOB, idOf(77_777), idOf(1_003)],
  );
  await log.getByText('Answer to a message that is not here').waitFor();
  // One that is not loaded is looked up, and is one click away.
  await log.getByRole('button', { name: 'Answer to Bob: Message number 3' }).click();
  await seen(page, 'Message number 3');
});

test('with the keyboard alone: to a message, its menu, its exact time, its text, and back', async () => {
  const { page, log, message, choose } = await open('busy');
  await choose('Bob');
  await message.focus();
  await page.keyboard.press('Shift+Tab');
  // Past nothing else: the log is one stop, at its newest message.
  await page.keyboard.press('Shift+Tab');
  await expect
    .poll(() => page.evaluate('document.activeElement.closest("article")?.textContent'))
    .toContain('run for a day');
  await log.getByRole('article').last().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await focused(page, 'Which port');
  await page.keyboard.press('Enter');
  await page.getByText(/Written \w+,? \d+ \w+ \d{4}/).waitFor();
  await focused(page, 'Reply');
  await page.keyboard.press('ArrowDown');
  await focused(page, 'Copy text');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('The text is copied.').waitFor();
  expect(await page.evaluate(() => (globalThis as InPage).fakeCore.copied)).toEqual([
    'Which port did you put the reader on?',
  ]);
  await focused(page, 'Which port');
  await page.keyboard.press('Home');
  await focused(page, 'sensor board');
});

test('a message is deleted only after that was confirmed', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Bob');
  const remove = async () => {
    await log.getByText('8090, same machine').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
  };
  await remove();
  const sure = page.getByRole('dialog', { name: 'Delete this message?' });
  await sure.getByText('from this computer only').waitFor();
  await page.keyboard.press('Escape');
  await sure.waitFor({ state: 'detached' });
  expect(await calls(page, 'deleteMessage')).toEqual([]);
  await remove();
  await sure.getByRole('button', { name: 'Delete' }).click();
  await log.getByText('8090, same machine').waitFor({ state: 'detached' });
});

test('a link is only followed after its real host was shown and confirmed', async () => {
  const { page, log, choose } = await open('texts');
  await choose('ليلى');
  const opened = () => page.evaluate(() => (globalThis as InPage).fakeCore.opened);
  const pages = page.context().pages().length;
  await log.getByRole('link', { name: 'https://example.org/path' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open this page in your browser?' });
  await dialog.getByText('example.org', { exact: true }).first().waitFor();
  expect(await opened()).toEqual([]);
  await page.keyboard.press('Escape');
  await log.getByRole('link', { name: 'https://example.org/path' }).click({ button: 'middle' });
  await dialog.getByRole('button', { name: 'Open in browser' }).click();
  expect(await opened()).toEqual(['https://example.org/path']);
  expect(page.context().pages()).toHaveLength(pages);
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1/);
});

test('what looks like another site is shown as it is, and code is never a link', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Bob');
  const bodies = [
    'https://p\u0430ypal.com/login',
    'javascript:alert(1) JAVASCRIPT://x/%0aalert(1) data:text/html,<b>x</b> file:///etc/passwd',
    'https://bank.example@evil.example/ and https://x.example/\u202Egnp.exe',
  ];
  await page.evaluate(
    ([id, ...texts]) => {
      for (const text of texts) (globalThis as InPage).fakeCore.receive(id ?? '', text ?? '');
    },
    [BOB, ...bodies],
  );
  await log.getByText('file:///etc/passwd').waitFor();
  const hrefs = await log
    .getByRole('link')
    .evaluateAll((all) => all.map((it) => it.getAttribute('href')));
  expect(hrefs.toSorted()).toEqual(['https://xn--pypal-4ve.com/login']);
  await log.getByRole('link').first().click();
  await page.getByText('xn--pypal-4ve.com', { exact: true }).first().waitFor();
  await page.getByText('letters that can look like others').waitFor();
});

test('what was not read is marked when the conversation is opened, and read at its end', async () => {
  const { page, log, choose } = await open('unread');
  await choose('Bob');
  const line = log.getByText('New messages');
  await line.waitFor();
  await seen(page, 'Message number 341');
  expect(await calls(page, 'markRead')).toEqual([]);
  await page.getByRole('button', { name: '40 new messages' }).click();
  await log.getByText('Message number 400').waitFor();
  await expect.poll(async () => (await calls(page, 'markRead')).length).toBeGreaterThan(0);
  await page.getByRole('button', { name: '40 new messages' }).waitFor({ state: 'detached' });
});

test('people and messages are found from one field, and a message is shown among the others', async () => {
  const { page, log, message } = await open('busy');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('weath');
  const results = page.getByRole('region', { name: 'Search results' });
  await results
    .getByRole('button', { name: /weather-station/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'weather-station', level: 1 }).waitFor();
  await message.waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('chapter');
  await results.getByRole('button', { name: /second chapter/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Carol' }).waitFor();
  await seen(page, 'Is the second chapter');
  await focused(page, 'second chapter');
  await log.getByText('I have time until five.').waitFor();
});

test('a search that finds nothing, or fails, says so and leads on', async () => {
  const { page } = await open('busy');
  const field = page.getByRole('textbox', { name: 'Search' });
  await field.fill('zzzz');
  await page.getByText('Nothing found for “zzzz”').waitFor();
  await page.evaluate(
    (failure) => (globalThis as InPage).fakeCore.fail('search', failure),
    problem('storage', { reason: 'the disk is gone' }),
  );
  await field.fill('sensor');
  await page.getByRole('alert').getByText('the disk is gone').waitFor();
  await page.evaluate(() => (globalThis as InPage).fakeCore.fail('search', null));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: /Did the sensor board arrive/ }).waitFor();
  await field.press('Escape');
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
});

test('in a conversation one goes from result to result, far back and on', async () => {
  const { page, log, message, choose } = await open('long');
  await choose('Bob');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 7');
  await page.getByText('1 of more than 50').waitFor();
  await page.getByRole('textbox', { name: 'Search in this conversation' }).fill('number 77');
  await page.getByText('1 of 4').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('4 of 4').waitFor();
  await seen(page, 'Message number 77');
  await log.getByText('Message number 78').waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.getByText('3 of 4').waitFor();
  await seen(page, 'Message number 177');
  await page.keyboard.press('Escape');
  expect(await message.evaluate((it) => it.matches(':focus'))).toBe(true);
  await page.getByRole('button', { name: 'Jump to newest' }).click();
  await seen(page, 'Message number 400');
});

test('a draft outlives the page, and goes away once it is sent', async () => {
  const { page, message, choose, conversations } = await open('busy');
  await choose('Carol');
  await message.fill('half a thought');
  await page.reload();
  await conversations.getByRole('button', { name: 'Draft: half a thought' }).click();
  expect(await message.inputValue()).toBe('half a thought');
  await message.press('Enter');
  await page.getByRole('log').getByText('half a thought').waitFor();
  await page.reload();
  await conversations.getByRole('button', { name: 'Carol' }).click();
  expect(await message.inputValue()).toBe('');
});

test('a message whose page is closed before it was accepted is a draft again', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('send'));
  await message.fill('on its way');
  await message.press('Enter');
  expect(await message.inputValue()).toBe('');
  await page.reload();
  await choose('Bob');
  expect(await message.inputValue()).toBe('on its way');
});

test('a conversation is pinned and silenced, and stays on top', async () => {
  const { page, choose, conversations } = await open('busy');
  await choose('Noor');
  for (const entry of ['Pin to the top', 'Mute']) {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  }
  const noor = conversations.getByRole('button', { name: /Noor/ });
  await noor.getByText('Pinned').waitFor({ state: 'attached' });
  await noor.getByText('Muted').waitFor({ state: 'attached' });
  const names = await conversations.locator('.item-name bdi').allTextContents();
  expect(names.slice(0, 3)).toEqual(['Dmitri', 'Noor', 'Bob']);
});

test('an emoji is found by name and put where the caret is', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await message.fill('good morning');
  await message.evaluate((it) => {
    (it as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(4, 4);
  });
  await page.getByRole('button', { name: 'Insert emoji' }).click();
  await page.getByRole('gridcell').first().waitFor();
  await page.getByLabel('Search emoji').fill('avocado');
  await page.getByRole('gridcell', { name: 'avocado', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => message.inputValue()).toBe('good🥑 morning');
  await page.keyboard.type('!');
  expect(await message.inputValue()).toBe('good🥑! morning');
});

test('what is pasted is plain text', async () => {
  const { page, message, choose, sent } = await open('busy', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await choose('Bob');
  await page.evaluate(`navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob(['<b>bold</b>'], { type: 'text/html' }),
      'text/plain': new Blob(['plain'], { type: 'text/plain' }),
    }),
  ])`);
  await message.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect.poll(() => message.inputValue()).toBe('plain');
  await message.press('Enter');
  expect(await sent()).toMatchObject([{ body: 'plain' }]);
  expect(await page.locator('.bubble b').count()).toBe(0);
});

test('what one sends is seen, wherever in the conversation one was', async () => {
  const { page, log, message, choose } = await open('long');
  await choose('Bob');
  await log.evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  await message.fill('from the middle');
  await message.press('Enter');
  await seen(page, 'from the middle');
  // Also from a part that does not reach up to the newest.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 77');
  await page.getByText('1 of 4').waitFor();
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Enter');
  await seen(page, 'Message number 77');
  await message.fill('from far back');
  await message.press('Enter');
  await seen(page, 'from far back');
});

test('whoever comes back to a conversation finds it where it was', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await log.evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  const top = () =>
    page.evaluate(`(() => {
      const edge = document.querySelector('[role="log"]').getBoundingClientRect().top;
      const items = [...document.querySelectorAll('[data-seq]')];
      return items.find((it) => it.getBoundingClientRect().bottom > edge)?.dataset.seq;
    })()`);
  const before = await top();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await log.waitFor({ state: 'detached' });
  await choose('Bob');
  await expect.poll(top).toBe(before);
});

const states: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'the menu of a message',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.locator('.message-menu').waitFor();
    },
  ],
  [
    'an answer being written',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.getByRole('menuitem', { name: 'Reply' }).click();
      await page.getByText('Reply to').waitFor();
    },
  ],
  [
    'the question before deleting',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'results of a search',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('b');
      await page.locator('.hit').first().waitFor();
    },
  ],
  [
    'a search without results',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('zzzz');
      await page.getByText('Nothing found for').waitFor();
    },
  ],
  [
    'a search in the conversation',
    async (page) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('the');
      await page.getByText('1 of').waitFor();
    },
  ],
  [
    'the choice of emoji',
    async (page) => {
      await page.getByRole('button', { name: 'Insert emoji' }).click();
      await page.getByRole('gridcell').first().waitFor();
    },
  ],
];

test.each(
  states.flatMap((it) =>
    (['light', 'dark'] as const).map((scheme) => [it[0], scheme, it[1]] as const),
  ),
)('%s, %s: without a fault for those who do not see or point', async (_, colorScheme, show) => {
  const { page, choose } = await open('busy', { colorScheme });
  await choose('Bob');
  await show(page);
  expect(await faultsOf(page)).toEqual([]);
});

test('on a narrow screen and from right to left everything is still there', async () => {
  const { page, log, message } = await open('texts', {
    locale: 'ar',
    viewport: { width: 400, height: 700 },
  });
  await page.locator('.conversation-item').filter({ hasText: 'ليلى' }).click();
  await log.or(page.getByRole('log')).first().waitFor();
  expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
  expect(
    await page.evaluate(
      'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
    ),
  ).toBe(true);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('line');
  await seen(page, 'line one');
  await page.keyboard.press('Escape');
  await page.locator('[data-seq] .message-more').last().click();
  const menu = page.locator('.message-menu');
  await menu.waitFor();
  const { x, width } = (await menu.boundingBox()) ?? { x: -1, width: 0 };
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(400);
  await page.keyboard.press('Escape');
  expect(await message.count()).toBeLessThanOrEqual(1);
});
