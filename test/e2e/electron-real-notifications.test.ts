import { afterAll, beforeAll, expect, test } from 'vitest';
import { Computer, type RealCopy } from '../support/real-electron/computer.ts';
import { lookAtWindow, windowDoes } from '../support/real-electron/look.ts';
import { inRealElectron } from '../support/real-electron/present.ts';
import { lookAt } from './journeys/desktop.ts';
import { firstChat, hear, say } from './journeys/first-chat.ts';

/** What this test puts into Electron's main process. */
interface MainWorld {
  noticesOfTest?: {
    readonly title: string;
    readonly body: string;
    emit(event: string): boolean;
  }[];
}

type Listen = (this: unknown, event: string, listener: () => void) => unknown;

inRealElectron('notifications in real Electron', (program) => {
  let computer: Computer;
  let alice: RealCopy;
  let bob: RealCopy;
  let supported: boolean;

  beforeAll(async () => {
    computer = new Computer(program);
    alice = await computer.start({ name: 'Alice' });
    bob = await computer.start({ name: 'Bob' });
    await firstChat({ name: 'Alice', page: alice.page }, { name: 'Bob', page: bob.page });
    supported = await alice.app.evaluate(({ Notification }) => {
      // Whoever listens to a notification has made it: that is how the test gets hold of it.
      const made: NonNullable<MainWorld['noticesOfTest']> = [];
      (globalThis as MainWorld).noticesOfTest = made;
      const prototype = Notification.prototype as unknown as { on: Listen };
      const listen = prototype.on;
      prototype.on = function (event, listener) {
        const notice = this as (typeof made)[number];
        if (!made.includes(notice)) made.push(notice);
        return listen.call(this, event, listener);
      };
      return Notification.isSupported();
    });
  });
  afterAll(() => computer.end());

  const texts = () =>
    alice.app.evaluate(() =>
      ((globalThis as MainWorld).noticesOfTest ?? []).map(({ title, body }) => [title, body]),
    );

  test('are available where the system supports them, and the page knows', async () => {
    if (process.platform !== 'linux') expect(supported).toBe(true);
    const access = await alice.page.evaluate(`parley.call('host', 'noticeAccess', {})`);
    expect(access).toEqual({ ok: true, value: supported ? 'granted' : 'unsupported' });
  });

  test('show sender and text in the background; a click opens the conversation', async () => {
    await alice.page.keyboard.press('Escape');
    // Whatever its window does, a page under Playwright is told that it has the focus.
    await lookAt(alice.page, false);
    await windowDoes(alice.app, 'hide');
    await say(bob.page, 'Are you there?');
    if (!supported) {
      await expect.poll(() => texts()).toEqual([]);
      return;
    }
    await expect.poll(texts).toEqual([['Bob', 'Are you there?']]);
    await alice.app.evaluate(() => (globalThis as MainWorld).noticesOfTest?.at(-1)?.emit('click'));
    const visible = async () => (await lookAtWindow(alice.app)).visible;
    await expect.poll(visible).toBe(true);
    await hear(alice.page, 'Are you there?');
  });

  test('do not keep the app from quitting', async () => {
    expect(await alice.quit()).toBe(0);
    expect(await bob.quit()).toBe(0);
  });
});
