import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { spkiIdentity } from '../../src/core/identity/identity.ts';
import { secureSocket } from '../../src/core/net/dial/connect-tls.ts';
import { systemScheduler } from '../../src/core/net/scheduling/system-scheduler.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { BUN, findBun } from '../support/boringssl/bun.ts';
import type { BunAnswers, BunTask } from '../support/boringssl/peer.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

// Electron's TLS is BoringSSL's, not OpenSSL's as Node's. So is bun's, which runs without a window:
// one side of each handshake here is Parley on bun, the other Parley on Node, on real sockets.
//
// What this cannot show: a listener on BoringSSL that knows its caller's key (bun does not tell the
// certificate of a client), and Parley's own listener there. Only `electron-real-chat` sees those.

const bun = findBun();
const title = 'Parley on BoringSSL';

// Skipped without bun, which is no dependency: it would be about 100 MB for everybody, for one test.
// CI installs it on Linux, so the test runs there.
if (bun === null)
  test.skip(`${title} (bun is not installed: npm i --no-save --ignore-scripts ${BUN})`);
else describe(title, () => onBun(bun));

function onBun(program: string): void {
  let child: ChildProcess;
  let answers: AsyncIterableIterator<string>;
  beforeAll(() => {
    const script = join(import.meta.dirname, '../support/boringssl/peer.ts');
    child = spawn(program, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (child.stdout) answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  });
  afterAll(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });

  async function ask<Type extends BunTask['type']>(
    task: Extract<BunTask, { type: Type }>,
  ): Promise<BunAnswers[Type]> {
    child.stdin?.write(`${JSON.stringify(task)}\n`);
    const { value: line } = await answers.next();
    const { ok, value } = JSON.parse(line ?? '{}');
    expect(ok, String(value)).toBe(true);
    return value;
  }

  test('makes an identity that BoringSSL and OpenSSL read alike', async () => {
    const made = await ask({ type: 'identity' });
    expect(made.fits).toBe(true);
    expect(made.readBack).toBe(made.identity);
    const certificate = new X509Certificate(made.certificatePem);
    expect(spkiIdentity(certificate.raw)).toBe(made.identity);
    expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
  });

  test('dials a peer on OpenSSL: TLS 1.3, the agreed protocol, and the peer’s proven key', async () => {
    const alice = await RealPeer.start('Alice');
    const { ours, ...seen } = await ask({ type: 'shake-hands', port: alice.port });
    expect(seen).toEqual({ protocol: 'TLSv1.3', alpn: 'http/1.1', theirs: alice.identity });
    expect(ours).not.toBe(alice.identity);
  });

  test('accepts a peer on OpenSSL, presents its certificate and learns the peer’s', async () => {
    const { port, identity } = await ask({ type: 'serve' });
    const own = await makeIdentity(systemWorld);
    const raw = connect({ host: '127.0.0.1', port });
    await once(raw, 'connect');
    const secured = await secureSocket(raw, {
      world: systemWorld,
      scheduler: systemScheduler(DEFAULT_LIMITS),
      address: { scheme: 'secure', host: '127.0.0.1', port },
      credentials: { key: own.privateKeyPem, cert: own.certificatePem },
      peerExpected: true,
      limits: DEFAULT_LIMITS,
      silence: 60_000,
      signal: new AbortController().signal,
    });
    expect(secured.identity).toBe(identity);
    expect(secured.socket.getProtocol()).toBe('TLSv1.3');
    expect(secured.socket.alpnProtocol).toBe('http/1.1');
    const [answer] = await once(secured.socket, 'data');
    expect(String(answer)).toBe('hello');
    secured.socket.destroy();
  });

  test('exchanges messages with a peer on OpenSSL, with both keys authenticated', async () => {
    const alice = await RealPeer.start('Alice', { acceptsStrangers: true });
    const chat = ask({ type: 'chat', port: alice.port, say: 'Hello from BoringSSL' });
    await expect
      .poll(async () => (await alice.conversations()).map((it) => it.lastMessage?.body))
      .toEqual(['Hello from BoringSSL']);
    const [conversation] = await alice.conversations();
    const contact = conversation?.contact;
    await alice.send(contact?.id ?? '', 'Hello from OpenSSL');
    const { heard, identity, unexpected } = await chat;
    expect(heard).toBe('Hello from OpenSSL');
    expect(contact).toMatchObject({ kind: 'parley', identity });
    expect(unexpected).toEqual([]);
    expect(alice.unexpected).toEqual([]);
  });
}
