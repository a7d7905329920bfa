import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { type Answer, proofOf } from '../../../src/core/control/control-protocol.ts';
import {
  type Control,
  type ControlOptions,
  startControl,
} from '../../../src/core/control/control-server.ts';
import { readRecord } from '../../../src/core/control/socket-path.ts';
import type { Transfer } from '../../../src/core/profile/transfer.ts';
import type { ChatHandlers } from '../../../src/shared/bridge/chat-bridge.ts';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { type FakePeerApp, fakePeerApp } from './fake-peer-app.ts';

export interface ControlFixture extends FakePeerApp {
  readonly dataDir: string;
  readonly control: Control;
  readonly unexpected: readonly unknown[];
}

/** A control endpoint in a folder of its own, on a core with nothing behind it. */
export async function controlFixture({
  handlers = {},
  transfer = {},
  dataDir = temporaryFolder(),
  ...options
}: {
  readonly handlers?: Partial<ChatHandlers>;
  readonly transfer?: Partial<Transfer>;
} & Partial<
  Pick<ControlOptions, 'dataDir' | 'maxClients' | 'isApp' | 'system'>
> = {}): Promise<ControlFixture> {
  const unexpected: unknown[] = [];
  const fake = fakePeerApp(handlers);
  const control = await startControl({
    dataDir,
    app: fake.app,
    transfer: {
      exportAll: async function* () {},
      importAll: async () => ({ contacts: 0, messages: 0 }),
      ...transfer,
    },
    isApp: true,
    onUnexpected: (error) => unexpected.push(error),
    ...options,
  });
  onTestFinished(() => control.close());
  return { ...fake, dataDir, control, unexpected };
}

/** A program that speaks to a control endpoint line by line, as badly as a test wants. */
export class RawClient {
  readonly socket: Socket;
  readonly #lines: AsyncIterator<string>;

  /** Connects without a word. */
  static async connect(dataDir: string): Promise<RawClient> {
    const record = await readRecord(dataDir);
    const socket = createConnection(record?.path ?? 'nowhere');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    onTestFinished(() => void socket.destroy());
    return new RawClient(socket);
  }

  /** Connects and proves to know the secret. */
  static async greet(dataDir: string): Promise<RawClient> {
    const client = await RawClient.connect(dataDir);
    const nonce = randomBytes(16).toString('hex');
    client.send({ parley: 1, nonce });
    const hello = JSON.parse((await client.line()) ?? '{}') as { nonce: string };
    const secret = (await readRecord(dataDir))?.secret ?? '';
    client.send({ proof: proofOf('client', secret, nonce, hello.nonce) });
    return client;
  }

  constructor(socket: Socket) {
    this.socket = socket;
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  send(value: unknown): void {
    this.write(`${JSON.stringify(value)}\n`);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** The next line; null when the other side has hung up. */
  async line(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    return done ? null : value;
  }

  async answer(): Promise<Answer | null> {
    const line = await this.line();
    return line === null ? null : (JSON.parse(line) as Answer);
  }

  /** Sends a command and waits for the next answer. */
  async ask(id: number, name: string, input: unknown = {}): Promise<Answer | null> {
    this.send({ id, do: 'command', name, input });
    return this.answer();
  }

  async hungUp(): Promise<boolean> {
    return (await this.line()) === null;
  }
}
