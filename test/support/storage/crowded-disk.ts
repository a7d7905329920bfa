import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { BUILT_PARLEY, ParleyProcess } from '../peers/parley-process.ts';
import { smallDisk } from './small-disk.ts';

/** A place for profiles of real processes whose space a test can take away and give back. */
export interface CrowdedDisk {
  readonly folder: string;
  /** Starts `parley ARGS` there; it does not outlive the running test. */
  readonly parley: (args: readonly string[]) => ParleyProcess;
  /** From now on no file of `running` can grow, or, without it, of what is started next. */
  readonly fill: (running?: ParleyProcess) => void;
  readonly makeRoom: (running?: ParleyProcess) => void;
}

/** A small disk of its own; where mounting one needs more rights (on Linux), limits on file sizes. */
export function crowdedDisk(): CrowdedDisk {
  return onSmallDisk() ?? withFileSizeLimit();
}

function onSmallDisk(): CrowdedDisk | null {
  const folder = smallDisk(4_000);
  if (folder === null) return null;
  const ballast = join(folder, 'ballast');
  return {
    folder,
    parley: (args) => start(process.execPath, [BUILT_PARLEY, ...args]),
    fill: () => fillUp(ballast),
    makeRoom: () => rmSync(ballast),
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 65_536; size > 0; size = Math.floor(size / 2)) {
      writeWhilePossible(file, Buffer.alloc(size));
    }
  } finally {
    closeSync(file);
  }
}

function writeWhilePossible(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

function withFileSizeLimit(): CrowdedDisk {
  let limit = 'unlimited';
  const limitRunning = (running: ParleyProcess | undefined, next: string) => {
    limit = next;
    if (!running) return;
    execFileSync('prlimit', ['--pid', String(running.child.pid), `--fsize=${next}:`]);
  };
  return {
    folder: temporaryFolder(),
    // A process that does not ignore the signal would die of its first write over the limit.
    parley: (args) =>
      start('sh', [
        '-c',
        'trap "" XFSZ; ulimit -S -f "$0" && exec "$@"',
        limit,
        process.execPath,
        BUILT_PARLEY,
        ...args,
      ]),
    fill: (running) => limitRunning(running, '0'),
    makeRoom: (running) => limitRunning(running, 'unlimited'),
  };
}

function start(program: string, args: readonly string[]): ParleyProcess {
  const started = new ParleyProcess(program, args);
  onTestFinished(async () => {
    started.child.kill('SIGKILL');
    await started.ended;
  });
  return started;
}
