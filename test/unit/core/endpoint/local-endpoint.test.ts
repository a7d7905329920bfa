import { beforeEach, describe, expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { Warnings } from '../../../../src/core/base/warnings.ts';
import {
  LocalEndpoint,
  type LocalEndpointOptions,
} from '../../../../src/core/endpoint/local-endpoint.ts';
import {
  OwnSettings,
  type OwnSettingsOptions,
} from '../../../../src/core/endpoint/own-settings.ts';
import type { Listen, ListenOptions } from '../../../../src/core/protocol/channel.ts';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import type { OwnAddress } from '../../../../src/shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../../../src/shared/model/settings.ts';
import { ProblemError, problem, raise } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { type SlowStore, slowStore } from '../../../support/storage/slow-store.ts';

const handler = {
  admits: () => true,
  batchMain: () => ({}),
  onChannel: () => {},
};

let world: FakeWorld;
let store: SlowStore;
/** `host:port` of everything that is listened on, ours and others'. */
let taken: Set<string>;
let addresses: readonly OwnAddress[];

const listen: Listen = async ({ host, port, searchPort }: ListenOptions) => {
  let free = port === 0 ? 50_000 : port;
  const busy = (): boolean => [...taken].some((it) => it.endsWith(`:${free}`));
  while (searchPort && busy()) free += 1;
  if (busy()) throw new ProblemError(problem('port-in-use', { port, owner: 'another program' }));
  const place = `${host}:${free}`;
  taken.add(place);
  return {
    host,
    port: free,
    close: async () => {
      taken.delete(place);
    },
  };
};

let warnings: Warnings;
beforeEach(() => {
  warnings = new Warnings(() => {});
});

function endpoint(
  options: Partial<LocalEndpointOptions & OwnSettingsOptions> = {},
  listens: Listen = listen,
): LocalEndpoint {
  const wanted = {
    host: undefined,
    openContract: undefined,
    port: undefined,
    name: undefined,
    defaultName: 'Alice',
    ...options,
  };
  const limits = DEFAULT_LIMITS;
  const settings = new OwnSettings({ store, limits, warnings, onChanged: () => {} }, wanted);
  return new LocalEndpoint(
    {
      listen: listens,
      settings,
      events: new EventLog(() => {}),
      identity: null,
      warnings,
      addresses: () => addresses,
    },
    wanted,
  );
}

const diskFull = (): never => {
  throw new ProblemError(problem('storage', { reason: 'the disk is full.' }));
};

beforeEach(() => {
  world = new FakeWorld();
  store = slowStore(world, 0);
  taken = new Set();
  addresses = [];
});

describe('a peer whose usual port was taken', () => {
  beforeEach(() => taken.add('127.0.0.1:8080'));

  test('can be renamed on the port it has', async () => {
    const own = endpoint();
    await own.start(handler);
    expect(own.port).toBe(8_081);
    expect(await own.update({ name: 'Alicia' })).toMatchObject({ name: 'Alicia' });
    expect(own.port).toBe(8_081);
  });

  test('can be opened to the network on the port it has', async () => {
    const own = endpoint();
    await own.start(handler);
    await own.update({ reach: 'network' });
    expect([...taken].sort()).toEqual(['127.0.0.1:8080', ':::8081']);
  });

  test('gets an error when it asks for exactly that port', async () => {
    const own = endpoint();
    await own.start(handler);
    await expect(own.update({ port: 8_080 })).rejects.toMatchObject({
      problem: { code: 'port-in-use' },
    });
    expect(own.port).toBe(8_081);
  });
});

describe('two concurrent changes of the settings', () => {
  test('are both kept', async () => {
    const own = endpoint();
    await own.start(handler);
    store.delay = 20;
    const changes = [own.update({ port: 9_000 }), own.update({ name: 'Alicia' })];
    await world.advance(1_000);
    await Promise.all(changes);
    expect(own.self().settings).toMatchObject({ port: 9_000, name: 'Alicia' });
    expect(await store.settings()).toEqual(own.self().settings);
  });

  test('of the port leave one port open', async () => {
    const own = endpoint();
    await own.start(handler);
    store.delay = 20;
    const changes = [own.update({ port: 9_000 }), own.update({ port: 9_001 })];
    await world.advance(1_000);
    await Promise.all(changes);
    expect([...taken]).toEqual([`127.0.0.1:${own.port}`]);
    expect(own.self().settings.port).toBe(own.port);
  });

  test('leave no port open when one of them stops the peer', async () => {
    const own = endpoint();
    await own.start(handler);
    store.delay = 20;
    const change = own.update({ port: 9_000 });
    const end = own.stop();
    await world.advance(1_000);
    await Promise.all([change, end]);
    expect([...taken]).toEqual([]);
    await expect(own.update({ name: 'Ghost' })).rejects.toMatchObject({
      problem: { code: 'stopped' },
    });
  });
});

describe('settings that cannot be stored', () => {
  test('leave no port open at the first start', async () => {
    store.beforeWrite = diskFull;
    const own = endpoint();
    await expect(own.start(handler)).rejects.toMatchObject({ problem: { code: 'storage' } });
    expect([...taken]).toEqual([]);
  });

  test('leave the peer listening as before, also when the same port was to be opened to others', async () => {
    const own = endpoint();
    await own.start(handler);
    store.beforeWrite = diskFull;
    for (const change of [{ port: 9_000 }, { reach: 'network' }, { name: 'Alicia' }] as const) {
      await expect(own.update(change)).rejects.toMatchObject({ problem: { code: 'storage' } });
      expect([...taken]).toEqual(['127.0.0.1:8080']);
      expect(own.port).toBe(8_080);
      expect(own.self().settings).toMatchObject({
        name: 'Alice',
        port: 8_080,
        reach: 'this-computer',
      });
    }
  });
});

describe('a peer on any free port', () => {
  test('can be renamed', async () => {
    const own = endpoint({ port: 0 });
    await own.start(handler);
    const { port } = own;
    await own.update({ name: 'Alicia' });
    expect(own.port).toBe(port);
  });
});

describe('our own address', () => {
  test('is recognised in every form, unlike a longer address with the same beginning', async () => {
    addresses = [
      { address: '192.168.1.2:8080', kind: 'lan' },
      { address: '[fd00::1]:8080', kind: 'lan' },
    ];
    const own = endpoint();
    await own.start(handler);
    const isOwn = (host: string, port = 8_080): boolean =>
      own.isOwn({ scheme: 'auto', host, port });
    expect(
      ['192.168.1.2', 'fd00::1', '127.0.0.1', 'localhost', '::1'].map((it) => isOwn(it)),
    ).toEqual(Array(5).fill(true));
    expect([isOwn('192.168.1.20'), isOwn('fd00::1', 8_081), isOwn('fd00::10')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('unusable stored settings', () => {
  test.each([
    ['of the wrong type', 'x'],
    ['an invalid port and an empty name', { name: '', port: 99_999, reach: 'network' }],
    ['an invisible name', { name: '\u3164', port: 8_080 }],
  ])('(%s) do not prevent a start, are repaired, and the user is told', async (_, kept) => {
    const own = endpoint();
    store = Object.assign(store, { settings: async () => kept });
    await own.start(handler);
    expect(own.self()).toMatchObject({ name: 'Alice', settings: { port: 8_080 } });
    expect(own.self().warnings.map(({ code }) => code)).toEqual(['settings-mended']);
    await own.update({ name: 'Alicia' });
    expect(own.self().warnings).toEqual([]);
  });

  test('(a privileged port) make the peer listen on another one, and the user is told', async () => {
    await store.saveSettings({ name: 'Alice', port: 80, ...DEFAULT_SETTINGS });
    const forbidding: Listen = async (options, inbound) =>
      options.port === 80 ? raise('port-forbidden', { port: 80 }) : listen(options, inbound);
    const own = endpoint({}, forbidding);
    await own.start(handler);
    expect(own.port).toBe(8_080);
    expect(own.self().settings.port).toBe(80);
    expect(own.self().warnings).toMatchObject([{ code: 'port-forbidden', params: { port: 80 } }]);
    await expect(endpoint({ port: 80 }, forbidding).start(handler)).rejects.toMatchObject({
      problem: { code: 'port-forbidden' },
    });
  });
});
