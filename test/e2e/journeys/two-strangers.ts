import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { messageOf } from './first-chat.ts';

/** What two people may need together, from the first window to the first answer. */
const MOST_STEPS = 20;
/** Seconds that people's hands and heads take for them; what the machine adds is only told. */
const MOST_SECONDS = 70;

/**
 * Two people who have read nothing answer the two questions of the first run, one tells the other an
 * address, and they talk. Counts what their hands do, and what that takes them.
 */
export async function twoStrangers(host: Host): Promise<void> {
  const started = performance.now();
  const [alice, bob] = await Promise.all([host.start(), host.start()]);
  const [hers, his] = [new Hands(alice.page), new Hands(bob.page)];
  await answerFirstRun(hers, 'Alice');
  await answerFirstRun(his, 'Bob');

  // Bob sends his address, for example by e-mail; Alice pastes it.
  await his.click(bob.page.getByRole('button', { name: 'Copy my address' }));
  const address = await bob.clipboard();
  expect(address).toBe(`127.0.0.1:${bob.port}`);
  await hers.click(alice.page.getByRole('textbox', { name: 'Friend’s address' }));
  await hers.paste(address);
  await hers.press('Enter');
  await alice.page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await hers.write('Hello Bob, are you there?');
  await hers.press('Enter');

  const list = bob.page.getByRole('navigation', { name: 'Conversations' });
  await his.click(list.getByRole('button', { name: 'Alice' }));
  await his.click(bob.page.getByRole('button', { name: 'Accept', exact: true }));
  await his.write('Yes! That was easy.');
  await his.press('Enter');
  await messageOf(alice.page, 'That was easy').waitFor();
  await messageOf(alice.page, 'are you there').getByText('Read').waitFor();

  const steps = hers.steps + his.steps;
  const waiting = (performance.now() - started) / 1_000;
  const seconds = hers.seconds + his.seconds;
  const told = `about ${seconds.toFixed(0)} s for people and ${waiting.toFixed(1)} s of waiting`;
  console.log(`Two strangers in the ${host.name}: chatting after ${steps} steps, ${told}.`);
  expect(steps).toBeLessThanOrEqual(MOST_STEPS);
  expect(seconds).toBeLessThan(MOST_SECONDS);
}

async function answerFirstRun(hands: Hands, name: string): Promise<void> {
  const { page } = hands;
  await page.getByRole('heading', { name: 'Welcome to Parley' }).waitFor();
  await hands.click(page.getByRole('textbox', { name: 'Your name' }));
  await hands.press('ControlOrMeta+a');
  await hands.write(name);
  await hands.press('Enter');
  await page.getByRole('heading', { name: 'Chat directly, computer to computer' }).waitFor();
}

/**
 * A person's hands. What they take is the keystroke-level model's (Card, Moran, Newell 1980), with
 * its average typist: it stands for the time in which a script is faster than people.
 */
class Hands {
  readonly page: Page;
  /** Clicks, keys and texts. */
  steps = 0;
  /** What they would take a person. */
  seconds = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async click(what: Locator): Promise<void> {
    this.#step(POINT + CLICK + HOME);
    await what.click();
  }

  async press(key: string): Promise<void> {
    this.#step(KEY);
    await this.page.keyboard.press(key);
  }

  async paste(text: string): Promise<void> {
    this.#step(2 * KEY);
    await this.page.keyboard.insertText(text);
  }

  /** Writes where the cursor is; a person does not begin before there is one. */
  async write(text: string): Promise<void> {
    await this.page.locator(':is(input, textarea):focus').waitFor();
    this.#step(text.length * KEY);
    await this.page.keyboard.type(text);
  }

  #step(seconds: number): void {
    this.steps += 1;
    this.seconds += THINK + seconds;
  }
}

const KEY = 0.28;
const POINT = 1.1;
const CLICK = 0.2;
/** From the keyboard to the mouse, or back. */
const HOME = 0.4;
const THINK = 1.35;
