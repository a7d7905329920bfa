import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RoleReport } from './role.ts';

/** The longest that a role may take to report, milliseconds; building a long history does. */
const PATIENCE = 600_000;
/** The longest that it may take to end, milliseconds. */
const END_PATIENCE = 10_000;

export interface Part<Value> {
  readonly value: Value;
  /** Ends the process; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** Starts `bench/roles/NAME` and waits for its report. `profiles`: a folder for its CPU profile. */
export async function startRole<Value>(
  name: string,
  options: object,
  profiles: string | null = null,
): Promise<Part<Value>> {
  const script = join(import.meta.dirname, '../roles', name);
  const execArgv = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  // SQLite's ExperimentalWarning would stand between the lines of the table.
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const child = fork(script, [JSON.stringify(options)], { execArgv, env });
  const exit = once(child, 'exit');
  const stop = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), END_PATIENCE);
    await exit;
    clearTimeout(timer);
  };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const ended = exit.then(([code]): never => {
      throw new Error(`${name} ended with ${code} before it reported.`);
    });
    const [report] = (await Promise.race([once(child, 'message', { signal }), ended])) as [
      RoleReport,
    ];
    if (!report.ok) throw new Error(`${name}: ${report.error}`);
    return { value: report.value as Value, stop };
  } catch (error) {
    child.kill('SIGKILL');
    await exit;
    throw error;
  }
}

/** Runs a role to its report and ends it. */
export async function runRole<Value>(
  name: string,
  options: object,
  profiles: string | null = null,
): Promise<Value> {
  const part = await startRole<Value>(name, options, profiles);
  await part.stop();
  return part.value;
}

/** Starts a server, then runs a client with the port it answered; ends both. */
export async function runPair<Value>(
  server: { readonly role: string; readonly options: object; readonly profiles?: string | null },
  client: (port: number) => { readonly role: string; readonly options: object },
  profiles: string | null = null,
): Promise<Value> {
  const serving = await startRole<{ readonly port: number }>(
    server.role,
    server.options,
    server.profiles ?? null,
  );
  try {
    const { role, options } = client(serving.value.port);
    return await runRole<Value>(role, options, profiles);
  } finally {
    await serving.stop();
  }
}
