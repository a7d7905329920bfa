import { afterAll, beforeAll, expect, test } from 'vitest';
import { askCore } from '../support/real-electron/bridge.ts';
import { Computer, type RealCopy } from '../support/real-electron/computer.ts';
import { inRealElectron } from '../support/real-electron/present.ts';
import { firstChat, type Person } from './journeys/first-chat.ts';

inRealElectron('two instances in real Electron', (program) => {
  let computer: Computer;
  let alice: RealCopy;
  let bob: RealCopy;

  beforeAll(async () => {
    computer = new Computer(program);
    alice = await computer.start({ name: 'Alice' });
    bob = await computer.start({ name: 'Bob' });
  });
  afterAll(() => computer.end());

  test('have the parts of Node that the core requires', async () => {
    const has = await alice.app.evaluate(() => ({
      sqlite: process.getBuiltinModule('node:sqlite') !== undefined,
      major: Number(process.versions.node.split('.')[0]),
    }));
    expect(has.sqlite).toBe(true);
    expect(has.major).toBeGreaterThanOrEqual(24);
  });

  test('have the full-text search that the history requires', async () => {
    const found = await alice.app.evaluate(() => {
      const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
      const database = new DatabaseSync(':memory:');
      database.exec(
        "CREATE VIRTUAL TABLE words USING fts5(body, content='', contentless_delete=1); " +
          "INSERT INTO words (rowid, body) VALUES (1, 'hello'), (2, 'world'); " +
          'DELETE FROM words WHERE rowid = 2',
      );
      const rows = database.prepare("SELECT rowid FROM words WHERE words MATCH 'hello OR world'");
      return rows.all().map(({ rowid }) => rowid);
    });
    expect(found).toEqual([1]);
  });

  test('exchange messages after one typed the other’s address', async () => {
    const person = (name: string, { page }: RealCopy): Person => ({ name, page });
    await firstChat(person('Alice', alice), person('Bob', bob));
  });

  test('talk encrypted and authenticated by the TLS of Electron’s own Node', async () => {
    const identities: (string | null)[] = [];
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const { conversations } = await askCore(from.page, 'snapshot', {});
      const { self } = await askCore(to.page, 'snapshot', {});
      expect(conversations).toHaveLength(1);
      expect(conversations[0]).toMatchObject({
        contact: { kind: 'parley', identity: self.identity },
        link: { phase: 'online', transport: 'parley' },
      });
      identities.push(self.identity);
    }
    expect(new Set(identities).size).toBe(2);
    expect(identities).not.toContain(null);
  });

  test('quit cleanly while connected', async () => {
    expect(await bob.quit()).toBe(0);
    expect(await alice.quit()).toBe(0);
  });
});
