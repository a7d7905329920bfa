import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageStorageServer } from '../../../../src/hosts/web/page-storage-server.ts';
import { HostStorage, type KeptRemote } from '../../../../src/renderer/preferences/web-storage.ts';
import { KEPT_LIMITS, type KeptChanges } from '../../../../src/shared/bridge/web-bridge.ts';
import { ProblemError } from '../../../../src/shared/problems/problem.ts';

/** A browser's storage of one origin, which outlives its pages. */
function browser() {
  const kept = new Map<string, string>();
  return {
    kept,
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
      key: (index: number) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    },
  };
}

const newServer = (seed = 1) =>
  PageStorageServer.open({
    folder: null,
    world: { randomBytes: (count) => new Uint8Array(count).fill(seed), after: () => () => {} },
    onUnexpected: (error) => {
      throw error;
    },
  });

/** A connection to the host that a test can cut; `lag` turns pass before a call gets there. */
function connect(server: PageStorageServer, lag = 0) {
  const calls: KeptChanges[] = [];
  let cut = false;
  let listener: ((changes: KeptChanges) => void) | null = null;
  let unsubscribe = () => {};
  const arrive = async () => {
    for (let turn = 0; turn < lag; turn += 1) await Promise.resolve();
    if (cut) throw new Error('the connection dropped');
  };
  const remote: KeptRemote = {
    kept: async (told) => {
      await arrive();
      listener = (changes) => {
        if (!cut) told(changes);
      };
      unsubscribe = server.subscribe(listener);
      return server.get();
    },
    keep: async (changes) => {
      calls.push(changes);
      await arrive();
      try {
        server.keep(changes, listener);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { ok: false, problem: error.problem };
      }
      await arrive();
      return { ok: true, value: null };
    },
  };
  return {
    remote,
    calls,
    cut: () => {
      cut = true;
      unsubscribe();
    },
  };
}

const settle = async () => {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
};

test('what was kept at one port is there at another', async () => {
  const server = await newServer();
  const first = new HostStorage(browser().storage);
  await first.attach(connect(server).remote);
  first.setItem('parley.preferences', 'dark');
  first.setItem('parley.draft.bob', 'half a thought');
  await settle();
  const second = new HostStorage(browser().storage);
  expect(second.getItem('parley.preferences')).toBeNull();
  await second.attach(connect(server).remote);
  expect(second.getItem('parley.preferences')).toBe('dark');
  expect(second.getItem('parley.draft.bob')).toBe('half a thought');
});

test('the next page at the same port starts in the right colours, and finds no drafts lying around', async () => {
  const server = await newServer();
  const { storage, kept } = browser();
  const first = new HostStorage(storage);
  await first.attach(connect(server).remote);
  first.setItem('parley.preferences', 'dark');
  first.setItem('parley.draft.bob', 'private');
  await settle();
  expect([...kept.values()].join()).not.toContain('private');
  expect(new HostStorage(storage).getItem('parley.preferences')).toBe('dark');
});

test('a page that is closed right after typing loses nothing', async () => {
  const server = await newServer();
  const { storage } = browser();
  const first = new HostStorage(storage);
  const line = connect(server);
  await first.attach(line.remote);
  line.cut();
  first.setItem('parley.draft.bob', 'typed at last');
  const second = new HostStorage(storage);
  expect(second.getItem('parley.draft.bob')).toBe('typed at last');
  await second.attach(connect(server).remote);
  await settle();
  expect(server.get().values).toEqual({ 'parley.draft.bob': 'typed at last' });
});

test('a page that goes sends what waits for an answer', async () => {
  const server = await newServer();
  const line = connect(server, 50);
  const page = new HostStorage(null);
  await page.attach(line.remote);
  page.setItem('parley.draft.bob', 'one');
  page.setItem('parley.draft.bob', 'one two');
  expect(line.calls).toEqual([{ 'parley.draft.bob': 'one' }]);
  page.flush();
  expect(line.calls.at(-1)).toEqual({ 'parley.draft.bob': 'one two' });
});

test('while one call is under way, what is typed meanwhile is gathered', async () => {
  const server = await newServer();
  const line = connect(server, 20);
  const page = new HostStorage(null);
  await page.attach(line.remote);
  for (let count = 1; count <= 500; count += 1) page.setItem('parley.draft.bob', `${count}`);
  await settle();
  expect(line.calls).toEqual([{ 'parley.draft.bob': '1' }, { 'parley.draft.bob': '500' }]);
});

test('another page’s changes are seen, and told of', async () => {
  const server = await newServer();
  const [here, there] = [new HostStorage(browser().storage), new HostStorage(browser().storage)];
  await here.attach(connect(server).remote);
  await there.attach(connect(server).remote);
  let told = 0;
  const stop = here.follow(() => (told += 1));
  there.setItem('parley.preferences', 'dark');
  await settle();
  expect([here.getItem('parley.preferences'), told]).toEqual(['dark', 1]);
  stop();
  there.removeItem('parley.preferences');
  await settle();
  expect([here.getItem('parley.preferences'), told]).toEqual([null, 1]);
});

test('one profile’s leftovers at a port do not get into another’s', async () => {
  const { storage } = browser();
  const first = new HostStorage(storage);
  const line = connect(await newServer(1));
  await first.attach(line.remote);
  line.cut();
  first.setItem('parley.draft.bob', 'of the first profile');
  const other = await newServer(2);
  const second = new HostStorage(storage);
  await second.attach(connect(other).remote);
  await settle();
  expect(second.getItem('parley.draft.bob')).toBeNull();
  expect(other.get().values).toEqual({});
});

test('more than can be kept is refused, as a full browser storage refuses', async () => {
  const page = new HostStorage(null);
  await page.attach(connect(await newServer()).remote);
  expect(() => page.setItem('parley.a', 'x'.repeat(KEPT_LIMITS.valueBytes + 1))).toThrow(
    RangeError,
  );
  for (let at = 0; at < KEPT_LIMITS.keys; at += 1) page.setItem(`parley.${at}`, '');
  expect(() => page.setItem('parley.more', '')).toThrow(RangeError);
  page.setItem('parley.0', 'still');
  expect(page.getItem('parley.more')).toBeNull();
});

test('a browser storage that refuses everything costs nothing', async () => {
  const refuse = () => {
    throw new Error('denied');
  };
  const page = new HostStorage({
    getItem: refuse,
    setItem: refuse,
    removeItem: refuse,
    key: refuse,
    length: 3,
  });
  const server = await newServer();
  await page.attach(connect(server).remote);
  page.setItem('parley.a', 'one');
  await settle();
  expect(server.get().values).toEqual({ 'parley.a': 'one' });
});

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('type' as const), text: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

test('whenever a page is closed or cut off: the last that was typed is there again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(5), async (steps, lag) => {
      const server = await newServer();
      const { storage } = browser();
      let page = new HostStorage(storage);
      let line = connect(server, lag);
      await page.attach(line.remote);
      let last: string | null = null;
      for (const it of steps) {
        if (it.do === 'type') {
          page.setItem('parley.draft.bob', it.text);
          last = it.text;
        } else if (it.do === 'clear') {
          page.removeItem('parley.draft.bob');
          last = null;
        } else if (it.do === 'wait') {
          for (let turn = 0; turn < it.turns; turn += 1) await Promise.resolve();
        } else if (it.do === 'cut') {
          line.cut();
        } else {
          line.cut();
          if (it.do === 'close') page = new HostStorage(storage);
          line = connect(server, lag);
          await page.attach(line.remote);
        }
        if (it.do !== 'close') expect(page.getItem('parley.draft.bob')).toBe(last);
      }
      line.cut();
      const next = new HostStorage(storage);
      await next.attach(connect(server).remote);
      await settle();
      expect(next.getItem('parley.draft.bob')).toBe(last);
      expect(server.get().values['parley.draft.bob'] ?? null).toBe(last);
    }),
    { numRuns: 300 },
  );
});
