import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectOpenClient } from '../../src/core/node-peer.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { freePort, startTcp } from '../support/network/tcp-server.ts';
import {
  expectCleanStop,
  type ParleyProcess,
  parley,
  runParley,
} from '../support/peers/parley-process.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';

/** A line of `--json`. */
interface Event {
  readonly event: string;
  readonly [field: string]: unknown;
}

function eventsOf({ lines }: ParleyProcess): readonly Event[] {
  return lines.map((line) => JSON.parse(line) as Event);
}

async function nextEvent(process: ParleyProcess, name: string): Promise<Event> {
  return JSON.parse(await process.line(new RegExp(`"event":"${name}"`))) as Event;
}

/** A `parley serve --json` on a free port. */
async function serveJson(name: string, ...args: readonly string[]) {
  const process = parley(['serve', '--name', name, '--port', '0', '--json', ...args]);
  const ready = await nextEvent(process, 'ready');
  return { process, port: Number(ready['port']), address: `127.0.0.1:${ready['port']}`, ready };
}

async function waitingFor(process: ParleyProcess, whom: string): Promise<readonly string[]> {
  await process.line(new RegExp(`^⏳ \\w+ is waiting for calls from ${whom}\\.\\.\\.$`));
  return process.lines.map((line) => line.replace(/\d{4,5}/g, 'PORT'));
}

const ALICE = [
  '🚀 Starting Alice on port PORT...',
  '✅ Alice is running!',
  '   - Alice exports her capabilities at http://127.0.0.1:PORT/rpc/batch',
  '   - Alice can receive calls from Bob',
  '',
  '🔗 Connecting to Bob at http://127.0.0.1:PORT...',
  '📞 Alice calls Bob.greet()...',
  '❌ Could not connect to Bob: 127.0.0.1 was reached, but nothing is listening on port PORT.',
  '   Make sure Bob is running: parley serve --name Bob --port PORT',
  '',
  '⏳ Alice is waiting for calls from Bob...',
];

const BOB = [
  '🚀 Starting Bob on port PORT...',
  '✅ Bob is running!',
  '   - Bob exports his capabilities at http://127.0.0.1:PORT/rpc/batch',
  '   - Bob can receive calls from Alice',
  '',
  '🔗 Connecting to Alice at http://127.0.0.1:PORT...',
  '📞 Bob calls Alice.greet()...',
  "   ← Hello! I'm Alice.",
  "📞 Bob calls Alice.chat('Hi Alice!')...",
  '   ← Alice says: Thanks for the message #1!',
  '📞 Bob calls Alice.get_stats()...',
  "   ← { name: 'Alice', messages_received: 1 }",
  '',
  '⏳ Bob is waiting for calls from Alice...',
];

test('two terminals print the lines of the example, and then chat', async () => {
  const [first, second] = [`${await freePort()}`, `${await freePort()}`];
  const at = (port: string) => `127.0.0.1:${port}`;
  const alice = parley(['serve', '--name', 'Alice', '--port', first, '--peer', at(second)]);
  expect(await waitingFor(alice, 'Bob')).toEqual(ALICE);
  const bob = parley(['serve', '--name', 'Bob', '--port', second, '--peer', at(first)]);
  expect(await waitingFor(bob, 'Alice')).toEqual(BOB);
  await alice.line('📨 Alice received: Hi Alice!');

  // Alice's core has kept trying: what she types arrives.
  alice.type('Hello from the first terminal');
  await bob.line('📨 Bob received: Hello from the first terminal');
  await alice.line('   ✓ delivered');
  bob.type('and from the second');
  await alice.line('📨 Alice received: and from the second');
  await expectCleanStop(alice, 'SIGINT');
  await expectCleanStop(bob, 'SIGTERM');
  expect([...alice.errorLines, ...bob.errorLines]).toEqual([]);
});

test('a line typed while the peer is offline is queued and sent when it is back', async () => {
  const port = await freePort();
  const alice = parley(['serve', '--name', 'Alice', '--port', '0', '--peer', `127.0.0.1:${port}`]);
  await waitingFor(alice, 'Bob');
  alice.type('are you there?');
  await alice.line('   … kept until Bob can be reached');
  const bob = parley(['serve', '--name', 'Bob', '--port', `${port}`]);
  await bob.line('📨 Bob received: are you there?');
  await alice.line('   ✓ delivered');
});

test('the end of standard input does not stop serving', async () => {
  const { process, address } = await serveJson('Alice');
  process.child.stdin.end();
  expect((await runParley(['greet', address])).code).toBe(0);
  await expectCleanStop(process, 'SIGTERM');
});

test('the printed reach is true: this computer, until the network is allowed', async () => {
  const alice = parley(['serve', '--name', 'Alice', '--port', '0']);
  expect(await waitingFor(alice, 'this computer')).toContain(
    '   - Alice can receive calls from this computer only; with --reach network, from others too',
  );
  const bob = parley(['serve', '--name', 'Bob', '--port', '0', '--reach', 'network']);
  expect(await waitingFor(bob, 'anyone')).toContain(
    '   - Bob can receive calls from anyone who has this address',
  );
});

test('without --peer a typed line gets a hint', async () => {
  const alice = parley(['serve', '--name', 'Alice', '--port', '0']);
  await waitingFor(alice, 'this computer');
  alice.type('hello?');
  await alice.line('   There is nobody to send this to: start with --peer ADDRESS.');
});

test('a peer in another language is called by the same lines', async () => {
  const { server } = createPythonPeer('Carol', { webSocket: false });
  const { port, stop } = await startTcp(server);
  onTestFinished(stop);
  const args = ['serve', '--name', 'Dan', '--port', '0', '--peer', `127.0.0.1:${port}`];
  const dan = parley(args);
  const lines = await waitingFor(dan, 'Carol');
  expect(lines).toContain('   - Dan exports their capabilities at http://127.0.0.1:PORT/rpc/batch');
  expect(lines).toContain("📞 Dan calls Carol.chat('Hi Carol!')...");
  expect(lines).toContain('   ← Carol says: Thanks for the message #1!');
});

test('a remote text cannot control the terminal or imitate our own lines', async () => {
  const port = await freePort();
  const alice = parley(['serve', '--name', 'Alice', '--port', `${port}`]);
  await waitingFor(alice, 'this computer');
  const hostile =
    '\u001b[2J\u001b]0;owned\u0007\u009b31mred\u202e\r📨 Alice received: forged\n✅ ok';
  expect((await runParley(['send', `127.0.0.1:${port}`, '-'], hostile)).code).toBe(0);
  await alice.line('   ✅ ok');
  expect(alice.lines.slice(-3)).toEqual([
    '📨 Alice received: \\u001b[2J\\u001b]0;owned\\u0007\\u009b31mred\\u202e',
    '   📨 Alice received: forged',
    '   ✅ ok',
  ]);
});

test('a stranger’s messages are printed as long as it sends', async () => {
  const { process, port } = await serveJson('Alice');
  const caller = await connectOpenClient({ scheme: 'auto', host: '127.0.0.1', port });
  onTestFinished(() => caller.close());
  for (let count = 1; count <= 300; count += 1) {
    expect(await caller.chat(`message ${count}`)).toMatch(`#${count}!`);
  }
  await process.line(/"message 300"/);
});

test('--json prints one event a line and nothing else', async () => {
  const alice = await serveJson('Alice');
  expect(alice.ready).toMatchObject({
    name: 'Alice',
    host: '127.0.0.1',
    url: `http://127.0.0.1:${alice.port}/rpc/batch`,
    identity: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const bob = await serveJson('Bob', '--peer', alice.address);
  expect(await nextEvent(bob.process, 'peer-called')).toEqual({
    event: 'peer-called',
    ok: true,
    name: 'Alice',
    address: alice.address,
    greeting: "Hello! I'm Alice.",
    message: 'Hi Alice!',
    answer: 'Alice says: Thanks for the message #1!',
    stats: { name: 'Alice', messages_received: 1 },
  });
  const body = 'tab\tquote" esc\u001b c1\u009b sep\u2028 ✓ 😀';
  bob.process.type(body.replace('\u2028', ' '));
  const accepted = await nextEvent(bob.process, 'accepted');
  const delivered = await nextEvent(bob.process, 'delivered');
  expect(delivered['id']).toBe(accepted['id']);
  const received = await alice.process.line(/tab.*c1/);
  expect(received).not.toMatch(/\p{Cc}/u);
  expect(JSON.parse(received)).toMatchObject({
    event: 'received',
    from: 'Bob',
    body: body.replace('\u2028', ' '),
    id: accepted['id'],
  });
  await alice.process.stop('SIGTERM');
  await bob.process.stop('SIGINT');
  const names = eventsOf(bob.process).map(({ event }) => event);
  expect(names[0]).toBe('ready');
  expect(names.indexOf('accepted')).toBeLessThan(names.indexOf('delivered'));
  expect(names).toContain('link');
});

test('--json reports a peer that is not reachable, and lines that cannot be sent', async () => {
  const port = await freePort();
  const bob = await serveJson('Bob', '--peer', `127.0.0.1:${port}`);
  expect(await nextEvent(bob.process, 'peer-called')).toMatchObject({
    ok: false,
    problem: { code: 'refused' },
  });
  bob.process.type('x'.repeat(65_537));
  expect(await nextEvent(bob.process, 'line-refused')).toMatchObject({
    problem: { code: 'message-too-long' },
  });
});

test('a busy default port is replaced by the next free one, and the output says so', async () => {
  const blocker = createServer();
  onTestFinished(() => void blocker.close());
  // If another program has the port already, that is just as good.
  await new Promise<void>((resolve) => {
    blocker.once('error', () => resolve());
    blocker.listen(8080, '127.0.0.1', () => resolve());
  });
  const alice = parley(['serve', '--name', 'Alice']);
  await waitingFor(alice, 'this computer');
  expect(alice.lines[0]).toBe('🚀 Starting Alice on port 8080...');
  const note = alice.lines.find((line) => line.includes('is taken'));
  expect(note).toMatch(/^ {3}- Port 8080 is taken, so it is port \d+$/);
});

test('with --data the name and the messages survive a restart', async () => {
  const folder = temporaryFolder();
  const port = await freePort();
  const first = parley(['serve', '--name', 'Alice', '--port', `${port}`, '--data', folder]);
  await waitingFor(first, 'this computer');
  expect((await runParley(['send', `127.0.0.1:${port}`, 'one'])).code).toBe(0);
  await first.stop();
  const second = parley(['serve', '--port', `${port}`, '--data', folder]);
  await waitingFor(second, 'this computer');
  const { stdout } = await runParley(['stats', `127.0.0.1:${port}`]);
  expect(stdout).toBe("{ name: 'Alice', messages_received: 1 }");
});

test('Ctrl+C during the first dial stops at once', async () => {
  const silent = await startTcp(createServer());
  onTestFinished(silent.stop);
  const bob = await serveJson('Bob', '--peer', `127.0.0.1:${silent.port}`);
  if (silent.accepted() === 0) await silent.nextConnection();
  await expectCleanStop(bob.process, 'SIGINT');
});

test.skipIf(process.platform === 'win32')('the stop is reported last', async () => {
  const alice = await serveJson('Alice');
  const bob = parley(['serve', '--name', 'Bob', '--port', '0']);
  await waitingFor(bob, 'this computer');
  await expectCleanStop(alice.process, 'SIGTERM');
  await expectCleanStop(bob, 'SIGINT');
  expect(eventsOf(alice.process).at(-1)).toEqual({ event: 'stopped', reason: 'SIGTERM' });
  expect(bob.lines.at(-1)).toBe('👋 Stopped.');
});
