import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { temporaryFolder } from '../../support/basics/temporary-folder.ts';
import type { Copy, Host } from '../../support/hosts/host.ts';
import { twoFriends } from './chatting.ts';
import { hear, messagesOf, open, say } from './first-chat.ts';

const WITH_BOB = 4_000;
const WITH_CAROL = 1_000;
const DAY = 24 * 3_600_000;

/**
 * In years of messages, what was said once is found again, across conversations and within one, and
 * shown among what was said around it; from there it goes back to the newest.
 */
export async function searchAndJump(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  await rememberYears(alice);

  // Across: one field, both people's messages, and a jump far back.
  const results = page.getByRole('region', { name: 'Search results' });
  await page.getByRole('textbox', { name: 'Search', exact: true }).fill('lighthouse');
  await results.getByRole('button', { name: /^Carol.*lighthouse/s }).waitFor();
  await results.getByRole('button', { name: /^Bob.*lighthouse/s }).click();
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await inView(page, 'Bob 701: we met at the lighthouse');
  await inView(page, 'Bob 700: an ordinary day');
  await inView(page, 'Bob 702: an ordinary day');
  await expect.poll(() => messagesOf(page).getByText('Bob 3999').count()).toBe(0);

  // What comes meanwhile is told and moves nothing; the jump leads to it.
  await say(bob.page, 'News from today');
  await page.getByRole('button', { name: '1 new message' }).click();
  await inView(page, 'News from today');
  await messagesOf(page).getByText('Bob 3999: an ordinary day').waitFor();
  await page.getByRole('button', { name: '1 new message' }).waitFor({ state: 'detached' });

  // Within: from result to result, newest first, and nothing of Carol's.
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Search in this conversation' }).fill('harbour');
  const place = page.getByRole('status').filter({ hasText: ' of ' });
  await place.getByText('1 of 3').waitFor();
  await inView(page, 'Bob 3500: ships in the harbour');
  await page.keyboard.press('Enter');
  await place.getByText('2 of 3').waitFor();
  await inView(page, 'Bob 1500: ships in the harbour');
  await page.getByRole('button', { name: 'Older result' }).click();
  await place.getByText('3 of 3').waitFor();
  await inView(page, 'Bob 20: ships in the harbour');
  await inView(page, 'Bob 19: an ordinary day');
  await page.getByRole('button', { name: 'Newer result' }).click();
  await place.getByText('2 of 3').waitFor();
  await inView(page, 'Bob 1500: ships in the harbour');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Jump to newest' }).click();
  await inView(page, 'News from today');

  // And the other person's, by the same field.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('lightho');
  await results.getByRole('button', { name: /^Carol.*lighthouse/s }).click();
  await page.getByRole('heading', { name: 'Carol', level: 1 }).waitFor();
  await inView(page, 'Carol 250: the lighthouse is painted');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await open(page, 'Bob');
  await hear(page, 'News from today');
}

interface ExportedLine {
  readonly type?: string;
  readonly contact?: { readonly id: string; readonly name: string };
}

/** Gives Alice a long past with Bob, and one with Carol, by importing what another copy had. */
async function rememberYears(alice: Copy): Promise<void> {
  const { page } = alice;
  const folder = temporaryFolder();
  const [exported, enlarged] = [join(folder, 'now.ndjson'), join(folder, 'years.ndjson')];
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await alice.save(() => settings.getByRole('button', { name: 'Export…' }).click(), exported);
  await settings.getByText(/^(Your browser is saving|Exported to)/).waitFor();
  writeFileSync(enlarged, withYears(readFileSync(exported, 'utf8')));
  await alice.choose(() => settings.getByRole('button', { name: 'Import…' }).click(), enlarged);
  await settings.getByText('Added 1 contact and 5,000 messages.').waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
}

/** An export's lines, and after them a second contact and the messages of years. */
function withYears(text: string): string {
  const [header = '', ...records] = text.trimEnd().split('\n').slice(0, -1);
  const bob = records.map((line) => JSON.parse(line) as ExportedLine).find((it) => it.contact);
  if (!bob?.contact) throw new Error('The export holds no contact.');
  const carol = { ...bob, contact: { ...bob.contact, ...CAROL } };
  const years = [
    ...history(bob.contact.id, 'Bob', WITH_BOB),
    JSON.stringify(carol),
    ...history(CAROL.id, 'Carol', WITH_CAROL),
  ];
  const all = [...records, ...years];
  return `${[header, ...all, JSON.stringify({ type: 'end', records: all.length })].join('\n')}\n`;
}

const CAROL = {
  id: randomUUID(),
  name: 'Carol',
  identity: 'ca'.repeat(32),
  addresses: [],
};

function history(contactId: string, name: string, count: number): string[] {
  const start = Date.now() - 2 * 365 * DAY;
  return Array.from({ length: count }, (_, index) => {
    const mine = index % 3 === 0;
    const message = {
      id: randomUUID(),
      contactId,
      author: mine ? 'me' : 'them',
      body: `${name} ${index}: ${eventOf(name, index)}`,
      sentAt: start + Math.floor((index * 729 * DAY) / count),
      state: mine ? 'delivered' : 'received',
      problem: null,
      replyTo: null,
    };
    return JSON.stringify({ type: 'message', message, unread: false });
  });
}

function eventOf(name: string, index: number): string {
  if (name === 'Carol') return index === 250 ? 'the lighthouse is painted' : 'ships in the harbour';
  if (index === 701) return 'we met at the lighthouse';
  return [20, 1_500, 3_500].includes(index) ? 'ships in the harbour' : 'an ordinary day';
}

/** Waits until a message can be seen, and not only found in the page. */
async function inView(page: Page, text: string): Promise<void> {
  const bubble = messagesOf(page).getByText(text, { exact: true });
  await bubble.waitFor();
  await expect.poll(() => isInside(bubble, messagesOf(page))).toBe(true);
}

async function isInside(inner: Locator, outer: Locator): Promise<boolean> {
  const [small, large] = await Promise.all([inner.boundingBox(), outer.boundingBox()]);
  if (small === null || large === null) return false;
  const margin = 1;
  return small.y >= large.y - margin && small.y + small.height <= large.y + large.height + margin;
}
