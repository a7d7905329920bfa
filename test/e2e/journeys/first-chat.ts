import type { Locator, Page } from 'playwright-core';

/** One of two people in front of a screen. */
export interface Person {
  readonly name: string;
  readonly page: Page;
}

/** The part of a page with the messages of the open conversation. */
export function messagesOf(page: Page): Locator {
  return page.getByRole('log', { name: 'Messages' });
}

/** One's own address, as the page shows it. */
export async function ownAddress(page: Page): Promise<string> {
  const shown = page.getByRole('region', { name: 'You', exact: true }).getByText(/:\d+/);
  const address = /\S+:\d+/.exec((await shown.textContent()) ?? '')?.[0];
  if (!address) throw new Error('The page shows no address.');
  return address;
}

/** Types `address` where a friend's address goes, and connects. */
export async function connectTo(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Friend’s address' }).fill(address);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** Writes `text` in the open conversation and waits until it is said to have arrived. */
export async function say(page: Page, text: string): Promise<void> {
  await arrived(await write(page, text));
}

/** Writes `text` in the open conversation, whatever becomes of it; answers the message. */
export async function write(page: Page, text: string): Promise<Locator> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const message = messageOf(page, text);
  await message.waitFor();
  return message;
}

/** The message with `text` in the open conversation. */
export function messageOf(page: Page, text: string): Locator {
  return messagesOf(page).getByRole('listitem').filter({ hasText: text });
}

/** Waits until a message is said to have arrived. */
export async function arrived(message: Locator): Promise<void> {
  // Whoever is looking at the conversation has read it at once.
  await message.getByText(/^(Delivered|Read)$/).waitFor();
}

/** Waits until `text` is shown among the messages of the open conversation. */
export async function hear(page: Page, text: string): Promise<void> {
  await messagesOf(page).getByText(text).waitFor();
}

/** Opens the conversation with `name`, answering a request if it is one. */
export async function open(page: Page, name: string): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByRole('button', { name }).click();
  const accept = page.getByRole('button', { name: 'Accept' });
  const write = page.getByRole('textbox', { name: 'Message', exact: true });
  await accept.or(write).first().waitFor();
  if (await accept.isVisible()) await accept.click();
}

/**
 * The journey that Parley is for: `first` types the address that `second` sees on their screen and
 * connects; a message goes each way and is shown on both screens.
 */
export async function firstChat(first: Person, second: Person): Promise<void> {
  const question = `Hello ${second.name}, it is ${first.name}`;
  const answer = `Hi ${first.name}! Good to see you`;

  await connectTo(first.page, await ownAddress(second.page));
  await say(first.page, question);

  await open(second.page, first.name);
  await hear(second.page, question);
  await say(second.page, answer);
  await hear(first.page, answer);
}
