import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a role tells the bench: when it is ready, and after each run. */
export type RoleReport =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

/**
 * What the bench asks of a role: to measure once, how much processor time it has used, or how much
 * memory it has.
 */
export type RoleRequest = 'run' | 'cpu' | 'memory';

/** Resident memory of a process, bytes. */
export interface Memory {
  readonly now: number;
  /** The most since this was asked before, as far as Linux tells; elsewhere as `now`. */
  readonly most: number;
}

/** What a role has to say, and how to end it. */
export interface Playing<Value> {
  readonly value: Value;
  /** One run of what is measured. */
  readonly run?: () => Promise<unknown>;
  readonly stop?: () => Promise<void> | void;
}

/**
 * The whole of a process that plays one part of a run: does `work` with the options it was started
 * with, reports, and lives on, for further runs or as a server, until the bench lets go of it.
 */
export function playRole<Options, Value>(
  work: (options: Options) => Promise<Playing<Value>>,
): void {
  const report = (message: RoleReport) => process.send?.(message);
  const gone = new Promise<void>((resolve) => process.once('disconnect', resolve));
  const play = async () => {
    const options = JSON.parse(process.argv[2] ?? '{}') as Options;
    const { value, run, stop } = await work(options);
    const failed = new Promise<never>((_, reject) => {
      process.on('message', (request: RoleRequest) => {
        if (request === 'cpu') report({ ok: true, value: cpuTime() });
        else if (request === 'memory') report({ ok: true, value: memory() });
        else run?.().then((result) => report({ ok: true, value: result }), reject);
      });
    });
    report({ ok: true, value });
    await Promise.race([gone, failed]);
    await stop?.();
    process.exit(0);
  };
  play().catch((error: unknown) => {
    report({ ok: false, error: error instanceof Error ? `${error.stack}` : String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  });
}

/** Processor time of this process so far, all of its threads, microseconds. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const STATUS = '/proc/self/status';
const RESET = '/proc/self/clear_refs';

function memory(): Memory {
  const now = process.memoryUsage.rss();
  if (!existsSync(STATUS)) return { now, most: now };
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8')) ?? [];
  // Begins a new maximum (proc_pid_clear_refs(5)).
  writeFileSync(RESET, '5');
  return { now, most: Math.max(now, Number(kilobytes ?? 0) * 1_024) };
}
