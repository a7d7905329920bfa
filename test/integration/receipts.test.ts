import { type SQLOutputValue, StatementSync } from 'node:sqlite';
import { beforeAll, expect, test, vi } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { WAIT_TIMEOUT_MS } from '../support/basics/timeouts.ts';
import { realCaller } from '../support/network/real-caller.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** What the caller leaves: 4 MB, far more than the page's worth that a user would look at. */
const MESSAGES = 64;
const BODY = 'ж'.padEnd(60_000, 'x');
const CALLS = 64;
const LINKS = 8;
/** The caller answers no pings. */
const PATIENT = { every: WAIT_TIMEOUT_MS, timeout: WAIT_TIMEOUT_MS };

/** Bodies of the caller that were read from the disk. */
let bodiesRead = 0;

beforeAll(() => {
  const count = (rows: readonly (Record<string, SQLOutputValue> | undefined)[]) => {
    bodiesRead += rows.filter((row) => row?.['body'] === BODY).length;
  };
  const { all, get } = StatementSync.prototype;
  vi.spyOn(StatementSync.prototype, 'all').mockImplementation(function (
    this: StatementSync,
    ...values: unknown[]
  ) {
    const rows: ReturnType<typeof all> = Reflect.apply(all, this, values);
    count(rows);
    return rows;
  });
  vi.spyOn(StatementSync.prototype, 'get').mockImplementation(function (
    this: StatementSync,
    ...values: unknown[]
  ) {
    const row: ReturnType<typeof get> = Reflect.apply(get, this, values);
    count([row]);
    return row;
  });
});

test('receipts and links of a contact with many long messages read none of them', async () => {
  const bot = await RealPeer.start('Bot', { acceptsStrangers: true, heartbeat: PATIENT });
  const key = await makeIdentity(systemWorld);
  const caller = await realCaller(bot.port, key);
  const link = await caller.link({ name: 'Mallory' });
  for (let sent = 0; sent < MESSAGES; sent += 4) {
    const envelopes = Array.from({ length: 4 }, () => ({
      id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
      body: BODY,
      sentAt: systemWorld.now(),
    }));
    expect(await link.deliver(envelopes)).toMatchObject({ refused: [] });
  }
  const { contact } = await bot.with(caller);
  const { id } = await bot.send(contact.id, 'hello');
  const stateOf = () =>
    bot.peer.app.message({ contactId: contact.id, messageId: id }).then((it) => it?.state);
  // Not by looking at the conversation, which would read their messages.
  await expect.poll(stateOf).toBe('delivered');

  bodiesRead = 0;
  const answers = await Promise.all(Array.from({ length: CALLS }, () => link.read(id)));
  expect(answers).toEqual(answers.map(() => null));
  expect(await stateOf()).toBe('read');
  expect(bodiesRead).toBe(0);

  for (let links = 0; links < LINKS; links += 1) {
    const again = await realCaller(bot.port, key);
    await again.link({ name: 'Mallory' });
    await bot.untilLink(contact.id, 'online');
    again.channel.close(1000, 'bye');
    await bot.untilLink(contact.id, (state) => state.phase !== 'online');
  }
  // The last one is shown in the list of conversations.
  expect(bodiesRead).toBeLessThanOrEqual(2 * LINKS);
  expect(bot.unexpected).toEqual([]);
});
