import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { type NodePeer, startNodePeer } from '../../src/core/node-peer.ts';
import type { CommandDeps } from '../../src/hosts/terminal/command.ts';
import type { StopReason } from '../../src/hosts/terminal/io.ts';
import { jsonView } from '../../src/hosts/terminal/serve/json-view.ts';
import { runServe } from '../../src/hosts/terminal/serve/run.ts';
import type { PeerApp } from '../../src/shared/bridge/chat-bridge.ts';
import type { PeerEvent } from '../../src/shared/bridge/events.ts';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** A line of `serve --json`. */
interface Line {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Resolves once an event of the peer fits, those of the past included. */
function untilEvent(app: PeerApp, fits: (event: PeerEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    app.subscribe(0, (batch) => {
      if (batch.type === 'events' && batch.events.some(({ event }) => fits(event))) resolve();
    });
  });
}

/**
 * `parley serve --json` in this process. `starting` holds up its start when the peer listens and
 * dials already; `stopping` its end, while the peer still does.
 */
function serve(
  port: number,
  dataDir: string,
  {
    starting = async () => {},
    stopping = async () => {},
  }: {
    readonly starting?: (peer: NodePeer) => Promise<void>;
    readonly stopping?: (peer: NodePeer) => Promise<void>;
  },
) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stopped = Promise.withResolvers<StopReason>();
  const io: CommandDeps['io'] = {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    env: {},
    onStop: (listener) => {
      void stopped.promise.then(listener);
      return () => undefined;
    },
  };
  const running = Promise.withResolvers<void>();
  const options = {
    name: 'Bot',
    port,
    host: undefined,
    peer: undefined,
    peerName: undefined,
    reach: undefined,
    openContract: undefined,
    dataDir,
    allowedHostNames: [],
  };
  const view = jsonView(io);
  const over = runServe(
    options,
    {
      ...view,
      waiting: (...args) => {
        view.waiting(...args);
        running.resolve();
      },
    },
    {
      io,
      defaultName: 'Bot',
      startPeer: async (given) => {
        const peer = await startNodePeer(given);
        await starting(peer);
        return {
          ...peer,
          stop: async () => {
            await stopping(peer);
            await peer.stop();
          },
        };
      },
    },
  );
  const stop = async (): Promise<readonly Line[]> => {
    stopped.resolve('SIGTERM');
    await over;
    const text = String(stdout.read() ?? '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  };
  onTestFinished(async () => {
    stopped.resolve('SIGTERM');
    await over;
  });
  return { running: Promise.race([running.promise, over]), stop };
}

const named = (lines: readonly Line[], name: string) => lines.filter(({ event }) => event === name);

test('messages that arrive before the subscription are reported once, after "ready"', async () => {
  const port = await freePort();
  const ann = await RealPeer.start('Ann');
  const contact = await ann.connect(`127.0.0.1:${port}`);
  const sent = await ann.send(contact, 'Good morning');
  const bot = serve(port, temporaryFolder(), {
    starting: async ({ app }) => {
      await ann.peer.app.retry({ contactId: contact });
      await untilEvent(app, ({ type }) => type === 'message-added');
      await ann.untilDelivered(contact);
    },
  });
  await bot.running;
  const lines = await bot.stop();
  expect(lines[0]?.event).toBe('ready');
  expect(named(lines, 'received')).toMatchObject([{ id: sent.id, body: 'Good morning' }]);
  expect(named(lines, 'link')[0]).toMatchObject({ phase: 'online' });
  expect(lines.at(-1)?.event).toBe('stopped');
});

test('state changes of earlier messages are reported, also during the start', async () => {
  const [port, folder] = [await freePort(), temporaryFolder()];
  const ann = await RealPeer.start('Ann');
  const before = await RealPeer.start('Bot', { dataDir: folder, port });
  const contact = await before.connect(`127.0.0.1:${ann.port}`);
  await before.untilLink(contact, 'online');
  await ann.stop();
  const queued = await before.send(contact, 'are you there?');
  await before.stop();
  await RealPeer.start('Ann', { dataDir: ann.dataDir, port: ann.port });
  const bot = serve(port, folder, {
    starting: ({ app }) =>
      untilEvent(app, (it) => it.type === 'message-changed' && it.message.state === 'delivered'),
  });
  await bot.running;
  const lines = await bot.stop();
  expect(named(lines, 'delivered')).toMatchObject([{ id: queued.id }]);
  expect(named(lines, 'accepted')).toEqual([]);
});

test('messages that arrive during the stop are reported before "stopped"', async () => {
  const port = await freePort();
  const ann = await RealPeer.start('Ann');
  const bot = serve(port, temporaryFolder(), {
    stopping: async () => {
      await ann.send(contact, 'one more thing');
      await ann.untilDelivered(contact);
    },
  });
  await bot.running;
  const contact = await ann.connect(`127.0.0.1:${port}`);
  await ann.untilLink(contact, 'online');
  const lines = await bot.stop();
  expect(named(lines, 'received')).toMatchObject([{ body: 'one more thing' }]);
  expect(lines.at(-1)?.event).toBe('stopped');
});

test('after an import only new messages are reported, not imported ones', async () => {
  const port = await freePort();
  const [ann, other] = [await RealPeer.start('Ann'), await RealPeer.start('Other')];
  const toOther = await ann.connect(`127.0.0.1:${other.port}`);
  await ann.send(toOther, 'first');
  await ann.untilDelivered(toOther);
  const { contact } = await other.with(ann);
  await other.peer.app.setPolicy({ contactId: contact.id, policy: 'accepted' });
  const backup: string[] = [];
  for await (const chunk of other.peer.transfer.exportAll()) backup.push(String(chunk));
  const peers: NodePeer[] = [];
  const bot = serve(port, temporaryFolder(), { starting: async (peer) => void peers.push(peer) });
  await bot.running;
  const imported = async function* () {
    yield* backup;
  };
  expect(await peers[0]?.transfer.importAll(imported())).toMatchObject({ messages: 1 });
  await ann.connect(`127.0.0.1:${port}`);
  // The bot may call her first: then what she has dialled turns out to be the one who called.
  const its = async () =>
    (await ann.peer.app.snapshot({})).conversations.find(({ contact: it }) => it.name === 'Bot');
  await ann.until('the bot', async () => (await its())?.link.phase === 'online');
  const toBot = (await its())?.contact.id ?? '';
  await ann.send(toBot, 'second');
  await ann.untilDelivered(toBot);
  const lines = await bot.stop();
  expect(named(lines, 'received')).toMatchObject([{ body: 'second', from: 'Ann' }]);
});
