import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pin } from './pin.ts';
import type { Memory, RoleReport, RoleRequest } from './role.ts';

/** The longest that a role may take to report, milliseconds; building a long history does. */
const WAIT_TIMEOUT_MS = 600_000;
/** The longest that it may take to end, milliseconds. */
const END_TIMEOUT_MS = 10_000;

/** A process that plays a role. */
export interface Part<Value> {
  /** What it reported when it was ready. */
  readonly value: Value;
  /** Lets it measure once. */
  readonly run: () => Promise<unknown>;
  /** Processor time that it has used so far, microseconds. */
  readonly cpu: () => Promise<number>;
  /** What it has in memory, and had at most since it was asked before. */
  readonly memory: () => Promise<Memory>;
  /** Ends the process; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** Which file of `bench/roles`, what it is told, and a folder for its CPU profile if any. */
export interface Casting {
  readonly role: string;
  readonly options: object;
  readonly profiles?: string | null;
  /** The processor it is kept on; otherwise the system chooses. */
  readonly processor?: number;
}

/** Starts a role and waits until it is ready. */
export async function startRole<Value>(casting: Casting): Promise<Part<Value>> {
  const { role, options, profiles = null } = casting;
  const script = join(import.meta.dirname, '../roles', role);
  const execArgv = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  // SQLite's ExperimentalWarning would stand between the lines of the table.
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const child = fork(script, [JSON.stringify(options)], { execArgv, env });
  if (casting.processor !== undefined) pin(child.pid, casting.processor);
  const exit = once(child, 'exit');
  const stop = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
    await exit;
    clearTimeout(timer);
  };
  const report = async (): Promise<unknown> => {
    try {
      const signal = AbortSignal.timeout(WAIT_TIMEOUT_MS);
      const ended = exit.then(([code]): never => {
        throw new Error(`${role} ended with ${code} before it reported.`);
      });
      const answer = await Promise.race([once(child, 'message', { signal }), ended]);
      const [message] = answer as [RoleReport];
      if (message.ok) return message.value;
      throw new Error(`${role}: ${message.error}`);
    } catch (error) {
      child.kill('SIGKILL');
      await exit;
      throw error;
    }
  };
  const value = (await report()) as Value;
  const ask = (request: RoleRequest) => {
    const reported = report();
    child.send(request);
    return reported;
  };
  return {
    value,
    run: () => ask('run'),
    cpu: async () => Number(await ask('cpu')),
    memory: async () => (await ask('memory')) as Memory,
    stop,
  };
}

/** A client and its server, which are one side of a comparison. */
export type Pair = Pick<Part<unknown>, 'run' | 'cpu' | 'stop'>;

/** Starts a server, then a client that is told the server's port; both end together. */
export async function startPair(server: Casting, client: (port: number) => Casting): Promise<Pair> {
  const serving = await startRole<{ readonly port: number }>(server);
  try {
    const calling = await startRole(client(serving.value.port));
    const stop = async () => {
      await calling.stop();
      await serving.stop();
    };
    const cpu = async () => (await calling.cpu()) + (await serving.cpu());
    return { run: calling.run, cpu, stop };
  } catch (error) {
    await serving.stop();
    throw error;
  }
}
