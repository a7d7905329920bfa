import { readdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseAddress } from '../../src/shared/address/address.ts';
import { formatInvite } from '../../src/shared/address/invite.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { freePort, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import {
  ParleyProcess,
  parley,
  type Ran,
  runParley,
  startScript,
} from '../support/peers/parley-process.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';

/** What `npx parley` starts. */
const LAUNCHER = resolve(import.meta.dirname, '../../bin/parley.js');

async function running(server: Parameters<typeof startTcp>[0]): Promise<TcpServer> {
  const started = await startTcp(server);
  onTestFinished(started.stop);
  return started;
}

/** Starts `parley serve` on a free port and answers its address. */
async function serve(name: string): Promise<string> {
  const peer = parley(['serve', '--name', name, '--port', '0', '--json']);
  const ready = JSON.parse(await peer.line(/"event":"ready"/)) as { port: number };
  return `127.0.0.1:${ready.port}`;
}

/** A peer that does `answer` when it is asked for the outcome of a call. */
async function answering(answer: (socket: WebSocket) => void) {
  const server = createHttp();
  const frames: string[] = [];
  new WebSocketServer({ server, path: '/rpc/ws' }).on('connection', (socket) => {
    socket.on('message', (data) => {
      frames.push(String(data));
      if (String(data).includes('"pull"')) answer(socket);
    });
  });
  const { port } = await running(server);
  return { address: `http://127.0.0.1:${port}`, frames };
}

/** A failure is told as a cause and a next step, and never as a raw exception. */
function expectProblem(ran: Ran, code: number, cause: string | RegExp): void {
  expect(ran.stderr).toMatch(cause);
  expect(ran.stderr).toMatch(/^❌ .+\n {3}\S.+$/);
  expect(ran.stderr).not.toMatch(/Error:|\bat .*:\d+:\d+|E[A-Z]{4,}/);
  expect(ran).toMatchObject({ code, stdout: '' });
}

test('0: greet, send and stats talk to a running peer', async () => {
  const alice = await serve('Alice');
  expect(await runParley(['greet', alice])).toMatchObject({
    code: 0,
    stdout: "Hello! I'm Alice.",
    stderr: '',
  });
  expect(await runParley(['send', alice, 'Hi Alice!'])).toMatchObject({
    code: 0,
    stdout: 'Alice says: Thanks for the message #1!',
    stderr: '',
  });
  expect(await runParley(['stats', alice])).toMatchObject({
    code: 0,
    stdout: "{ name: 'Alice', messages_received: 1 }",
    stderr: '',
  });
  const json = await runParley(['stats', alice, '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    ok: true,
    answer: { name: 'Alice', messages_received: 1 },
  });
});

test('10: another identity answers at the invite’s address, and nothing is sent', async () => {
  const peer = parley(['serve', '--name', 'Eve', '--port', '0', '--json']);
  const ready = JSON.parse(await peer.line(/"event":"ready"/)) as {
    readonly port: number;
    readonly identity: string;
  };
  const address = `127.0.0.1:${ready.port}`;
  const inviteOf = (identity: string) => {
    const parsed = parseAddress(address);
    return parsed.ok ? formatInvite(parsed.address, identity) : '';
  };
  const wrong = inviteOf('0'.repeat(64));
  for (const args of [
    ['greet', wrong],
    ['send', wrong, 'for Alice only'],
    ['stats', wrong],
  ]) {
    expect((await runParley(args)).code).toBe(10);
  }
  const right = await runParley(['stats', inviteOf(ready.identity)]);
  expect(right.stdout).toBe("{ name: 'Eve', messages_received: 0 }");
});

test.each([true, false])(
  '0: a peer in another language answers (WebSocket: %s)',
  async (webSocket) => {
    const { port } = await running(createPythonPeer('Bob', { webSocket }).server);
    const address = `http://127.0.0.1:${port}/rpc/batch`;
    expect((await runParley(['greet', address])).stdout).toBe("Hello! I'm Bob.");
    expect((await runParley(['send', address, 'Hi'])).stdout).toBe(
      'Bob says: Thanks for the message #1!',
    );
    expect((await runParley(['stats', address])).stdout).toBe(
      "{ name: 'Bob', messages_received: 1 }",
    );
  },
);

test('compiled code is cached in the user’s own folder, and commands work without the cache', async () => {
  const cache = temporaryFolder();
  const help = async (folder: string) => {
    const started = startScript(LAUNCHER, ['help'], {
      XDG_CACHE_HOME: folder,
      NODE_COMPILE_CACHE: undefined,
    });
    return { ...(await started.ended), said: started.errorLines };
  };
  expect(await help(cache)).toMatchObject({ code: 0, said: [] });
  if (process.platform === 'linux') expect(readdirSync(cache)).toEqual(['parley']);
  const file = join(cache, 'a-file');
  writeFileSync(file, '');
  expect(await help(file)).toMatchObject({ code: 0, said: [] });
});

test('0: a text is read from standard input, with line breaks', async () => {
  const peer = parley(['serve', '--name', 'Alice', '--port', '0', '--json']);
  const { port } = JSON.parse(await peer.line(/"ready"/)) as { port: number };
  const sent = await runParley(['send', `127.0.0.1:${port}`, '-'], 'first\n  second ✓\n');
  expect(sent).toMatchObject({ code: 0, stdout: 'Alice says: Thanks for the message #1!' });
  const received = JSON.parse(await peer.line(/"received"/)) as { body: string };
  expect(received.body).toBe('first\n  second ✓');
});

test.each([
  [['nonsense'], 'There is no command "nonsense".'],
  [['greet'], 'ADDRESS is missing.'],
  [['greet', 'a:1', 'b:2'], 'one argument too many'],
  [['greet', 'http://'], /.+/],
  [['greet', '127.0.0.1:99999'], /99999/],
  [['send', '127.0.0.1:1'], 'TEXT is missing.'],
  [['send', '127.0.0.1:1', ' '], 'The message is empty.'],
  [['stats', '127.0.0.1:1', '--timeout', 'soon'], '--timeout takes seconds'],
  [['serve', '--nope'], 'There is no option --nope.'],
  [['serve', '--port', '--name', 'A'], '--port needs a value.'],
  [['serve', '--port', '65536'], '65536 is not a port.'],
  [['serve', '--name', ''], 'The name is empty.'],
  [['serve', '--json=yes'], '--json takes no value.'],
  [['web', '--profile', '../other'], '"../other" is not a profile name'],
])('2: bad usage %j', async (args, cause) => {
  expectProblem(await runParley(args), 2, cause);
});

test('3: no peer listens there', async () => {
  const port = await freePort();
  expectProblem(await runParley(['send', `127.0.0.1:${port}`, 'Hi']), 3, `port ${port}`);
});

test('4: the server never answers, and the message was not sent', async () => {
  const { port } = await running(createTcp());
  const address = `127.0.0.1:${port}`;
  expectProblem(await runParley(['send', address, 'Hi', '--timeout', '1']), 4, 'did not answer');
  expectProblem(await runParley(['greet', address, '--timeout', '1']), 4, 'did not answer');
});

test('5: another kind of server answers there', async () => {
  const shop = createHttp((_request, response) => response.end('<title>Shop</title>'));
  const { port } = await running(shop);
  expectProblem(await runParley(['greet', `127.0.0.1:${port}`]), 5, 'not Parley');
});

test('6: a message over the limit is refused before anything is sent', async () => {
  const server = await running(createTcp());
  const ran = await runParley(['send', `127.0.0.1:${server.port}`, '-'], 'x'.repeat(65_537));
  expectProblem(ran, 6, '65,537 bytes; the limit is 65,536');
  expect(server.accepted()).toBe(0);
});

test('7: an unknown host name', async () => {
  expectProblem(await runParley(['greet', 'nobody.invalid:8080']), 7, 'nobody.invalid');
});

test('8: the peer answers with an error', async () => {
  const bob = await answering((open) => open.send('["reject",1,["error","Error","I am asleep"]]'));
  expectProblem(await runParley(['send', bob.address, 'Hi']), 8, 'I am asleep');
});

test('9: the message was sent and not answered, so it is not resent', async () => {
  const bob = await answering((open) => open.terminate());
  expectProblem(await runParley(['send', bob.address, 'Hi']), 9, 'not confirmed');
  expect(bob.frames.filter((frame) => frame.includes('"chat"'))).toHaveLength(1);
});

test('9: the same when the peer accepts the message and stays silent', async () => {
  const { server } = createPythonPeer('Bob', { webSocket: false });
  new WebSocketServer({ server, path: '/rpc/ws' });
  const { port } = await running(server);
  const args = ['send', `http://127.0.0.1:${port}`, 'Hi', '--timeout', '1'];
  expectProblem(await runParley(args), 9, 'not confirmed');
});

test('10: an encrypted connection is required where there is none', async () => {
  const { port } = await running(createPythonPeer('Bob', { webSocket: true }).server);
  expectProblem(await runParley(['greet', `https://127.0.0.1:${port}`]), 10, 'encrypted');
});

test('11: the requested port is taken', async () => {
  const { port } = await running(createTcp());
  const ran = await runParley(['serve', '--name', 'Alice', '--port', `${port}`, '--json']);
  expectProblem(ran, 11, `Port ${port} is already used`);
});

test('12: the data folder cannot be used', async () => {
  const blocked = `${temporaryFolder()}/file`;
  writeFileSync(blocked, '');
  const ran = await runParley(['serve', '--port', '0', '--data', blocked, '--json']);
  expect(ran).toMatchObject({ code: 12, stdout: '' });
  expect(ran.stderr).toMatch(/^❌ .+\n {3}\S.+$/);
});

test('a failure is JSON with --json', async () => {
  const port = await freePort();
  const ran = await runParley(['greet', `127.0.0.1:${port}`, '--json']);
  expect(ran.code).toBe(3);
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, problem: { code: 'refused' } });
  expect(ran.stderr).toContain('❌');
});

test('an answer cannot control the terminal', async () => {
  const answer = '\u001b]0;owned\u0007\u009b2J\u202eHi\r\n❌ All is lost';
  const bob = await answering((open) => open.send(JSON.stringify(['resolve', 1, answer])));
  const { stdout } = await runParley(['greet', bob.address]);
  expect(stdout).toBe('\\u001b]0;owned\\u0007\\u009b2J\\u202eHi\n   ❌ All is lost');
});

test('help and version are printed', async () => {
  const help = await runParley(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const word of ['serve', 'web', 'greet', 'send', 'stats', 'Exit codes:']) {
    expect(help.stdout).toContain(word);
  }
  expect((await runParley([])).stdout).toBe(help.stdout);
  const serveHelp = await runParley(['help', 'serve']);
  expect(serveHelp.stdout).toContain('--peer ADDRESS');
  expect((await runParley(['serve', '--help'])).stdout).toBe(serveHelp.stdout);
  const { stdout: version } = await runParley(['--version']);
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await runParley(['-v'])).toMatchObject({ code: 0, stdout: version });
});

test('help fits the width of a terminal, and its lists are aligned', async () => {
  const general = (await runParley(['help'])).stdout;
  const commands = [...general.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  expect(commands).toContain('serve');
  for (const command of commands) {
    const { stdout } = await runParley(['help', command]);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(102);
    // An entry of a list stands under its heading, like those after it.
    expect(stdout, command).not.toMatch(/^[a-z]+ {3,}/m);
  }
});

test('help is given in any position, and never for an unknown command', async () => {
  const general = (await runParley(['help'])).stdout;
  const ofSend = (await runParley(['help', 'send'])).stdout;
  for (const [args, stdout] of [
    [['--help', '--data', 'DIR'], general],
    [['--data', 'DIR', '--help'], general],
    [['help', '--data', 'DIR'], general],
    [['-h', 'send'], ofSend],
    [['send', 'Bob', '-h'], ofSend],
    [['--data', 'DIR', 'send', '-h'], ofSend],
    [['help', 'send', '--data', 'DIR'], ofSend],
  ] as const) {
    expect(await runParley(args)).toMatchObject({ code: 0, stdout, stderr: '' });
  }
  for (const args of [
    ['nonsense', '--help'],
    ['help', 'nonsense'],
  ]) {
    expectProblem(await runParley(args), 2, 'There is no command "nonsense".');
  }
});

const LATIN_1 = Buffer.from('caf\xe9\n', 'latin1');

test('2: input that is not UTF-8 is refused', async () => {
  const alice = await serve('Alice');
  expectProblem(await runParley(['send', alice, '-'], LATIN_1), 2, 'The text isn’t UTF-8');
  const profile = ['--wait', '--data', temporaryFolder()];
  expect((await runParley(['send', alice, '-', ...profile], LATIN_1)).code).not.toBe(0);
  const bob = parley(['serve', '--name', 'Bob', '--port', '0', '--peer', alice, '--json']);
  await bob.line(/"event":"peer-called"/);
  bob.child.stdin.write(Buffer.concat([LATIN_1, Buffer.from('café\n')]));
  await bob.line(/"event":"line-refused".*"message-not-utf8"/);
  await bob.line(/"event":"accepted".*"café"/);
  expect((await runParley(['stats', alice])).stdout).toContain('messages_received: 2');
});

test.skipIf(process.platform !== 'linux')('2: and so is an argument', async () => {
  const alice = await serve('Alice');
  const damaged = `exec "$0" "$1" send ${alice} "$(printf 'caf\\351')"`;
  const ran = new ParleyProcess('sh', ['-c', damaged, process.execPath, LAUNCHER]);
  expect((await ran.ended).code).toBe(2);
  expect(ran.errorLines[0]).toContain('An argument isn’t UTF-8');
  // Whoever means the sign itself may send it.
  const meant = new ParleyProcess(process.execPath, [LAUNCHER, 'send', alice, 'a \ufffd']);
  expect((await meant.ended).code).toBe(0);
});
