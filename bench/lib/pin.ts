import { spawnSync } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';

/** Processors by what runs there; on a machine with one they are the same. */
export const PROCESSORS = { victim: 0, attacker: Math.max(0, availableParallelism() - 1) } as const;

/** Keeps a process, with all of its threads, on one processor, where the system can do that. */
export function pin(pid: number | undefined, processor: number): void {
  if (platform() !== 'linux' || pid === undefined) return;
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${processor}`, `${pid}`]);
}
