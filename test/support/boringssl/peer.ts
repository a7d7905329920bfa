import { createPrivateKey, X509Certificate } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { createServer as createTlsServer } from 'node:tls';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { makeIdentity } from '../../../src/core/identity/generate-identity.ts';
import { spkiIdentity } from '../../../src/core/identity/identity.ts';
import { secureSocket, TLS_PROFILE } from '../../../src/core/net/dial/connect-tls.ts';
import { systemScheduler } from '../../../src/core/net/scheduling/system-scheduler.ts';
import { startNodePeer } from '../../../src/core/node-peer.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';

// What bun runs: one task a line, one answer a line. All of it is Parley's own code, on BoringSSL.

export type BunTask =
  /** Makes an identity, and reads it back. */
  | { readonly type: 'identity' }
  /** Shakes hands with whoever listens there, and hangs up. */
  | { readonly type: 'shake-hands'; readonly port: number }
  /** Listens with the options of Parley's listener, and says hello behind each handshake. */
  | { readonly type: 'serve' }
  /** Has a peer of its own call somebody, say something, and wait for an answer. */
  | { readonly type: 'chat'; readonly port: number; readonly say: string };

/** An answer, by its task's type. */
export interface BunAnswers {
  readonly identity: {
    readonly identity: string;
    readonly privateKeyPem: string;
    readonly certificatePem: string;
    /** Whether the key is the certificate's, as BoringSSL has it. */
    readonly fits: boolean;
    readonly readBack: string | null;
  };
  readonly 'shake-hands': {
    readonly protocol: string | null;
    readonly alpn: string | false | null;
    /** The listener's. */
    readonly theirs: string | null;
    readonly ours: string;
  };
  readonly serve: { readonly port: number; readonly identity: string };
  readonly chat: {
    readonly identity: string | null;
    readonly heard: string;
    readonly unexpected: readonly string[];
  };
}

async function identity(): Promise<BunAnswers['identity']> {
  const made = await makeIdentity(systemWorld);
  const certificate = new X509Certificate(made.certificatePem);
  const fits = certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem));
  return { ...made, fits, readBack: spkiIdentity(certificate.raw) };
}

async function shakeHands(port: number): Promise<BunAnswers['shake-hands']> {
  const own = await makeIdentity(systemWorld);
  const raw = connect({ host: '127.0.0.1', port });
  await new Promise((connected) => raw.once('connect', connected));
  const secured = await secureSocket(raw, {
    world: systemWorld,
    scheduler: systemScheduler(DEFAULT_LIMITS),
    address: { scheme: 'secure', host: '127.0.0.1', port },
    credentials: { key: own.privateKeyPem, cert: own.certificatePem },
    peerExpected: true,
    limits: DEFAULT_LIMITS,
    silence: 10_000,
    signal: new AbortController().signal,
  });
  const { socket, identity: theirs } = secured;
  const answer = { protocol: socket.getProtocol(), alpn: socket.alpnProtocol, theirs };
  socket.destroy();
  return { ...answer, ours: own.identity };
}

/**
 * Not Parley's own listener: that looks at a connection's first byte before it hands it to TLS, which
 * is a way that bun's servers do not have.
 */
async function serve(): Promise<BunAnswers['serve']> {
  const own = await makeIdentity(systemWorld);
  const server = createTlsServer({
    ...TLS_PROFILE,
    key: own.privateKeyPem,
    cert: own.certificatePem,
    requestCert: true,
    ALPNProtocols: ['http/1.1'],
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    socket.end('hello');
  });
  return { port: await portOf(server), identity: own.identity };
}

async function chat(port: number, say: string): Promise<BunAnswers['chat']> {
  const unexpected: string[] = [];
  const peer = await startNodePeer({
    dataDir: null,
    host: '127.0.0.1',
    port: await freePort(),
    defaultName: 'Bun',
    onUnexpected: (error) => void unexpected.push(String(error)),
  });
  const { app } = peer;
  const { self } = await app.snapshot({});
  const answer = Promise.withResolvers<string>();
  app.subscribe(0, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type === 'message-added' && event.message.author === 'them') {
        answer.resolve(event.message.body);
      }
    }
  });
  const { contactId } = await app.connect({ address: `127.0.0.1:${port}` });
  const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
  await app.send({ contactId, id, body: say });
  const heard = await answer.promise;
  await peer.stop();
  return { identity: self.identity, heard, unexpected };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Has a server listen; answers where. */
async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function run(task: BunTask): Promise<object> {
  if (task.type === 'identity') return identity();
  if (task.type === 'shake-hands') return shakeHands(task.port);
  return task.type === 'serve' ? serve() : chat(task.port, task.say);
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await run(JSON.parse(line)).then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, value: String(error) }),
  );
  console.log(JSON.stringify(answer));
}
process.exit(0);
