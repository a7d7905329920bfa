import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { findElectron } from './electron-binary.ts';
import { ensureBuilt } from './ensure-built.ts';
import { crashOf, type Fallback, isCrash, obstacleFor, thisMachine } from './obstacles.ts';

const ROOT = join(import.meta.dirname, '..');
/** An Electron that fails this early has shown no window. Milliseconds. */
const EARLY = 10_000;

/** `npm start`: the Electron app, or the browser host where Electron cannot run. */
async function start(args: readonly string[]): Promise<number> {
  if (!(await ensureBuilt())) return 1;
  const electron = await findElectron();
  if (electron.type === 'missing') {
    return startBrowser(args, {
      cause: `Electron's binary is missing: ${electron.reason}.`,
      next:
        'npm run web does so at once. To supply one, set ELECTRON_MIRROR to a mirror of its ' +
        'releases, or ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one.',
    });
  }
  const machine = thisMachine(electron.path);
  const obstacle = obstacleFor(args, machine);
  if (obstacle) return startBrowser(args, obstacle);
  const startedAt = Date.now();
  const code = await run(electron.path, [ROOT, ...args]);
  if (!isCrash(code) || Date.now() - startedAt > EARLY) return code;
  return startBrowser(args, crashOf(code, machine));
}

function startBrowser(args: readonly string[], { cause, next }: Fallback): Promise<number> {
  console.error(`Parley opens in the browser this time. ${cause}`);
  console.error(`   ${next}`);
  const own = args.filter((arg) => arg !== '--no-sandbox');
  return run(process.execPath, [join(ROOT, 'out/main/parley.js'), 'web', '--open', ...own]);
}

/** Runs a program in our place: our terminal, our signals, its exit code. */
function run(program: string, args: readonly string[]): Promise<number> {
  const child: ChildProcess = spawn(program, args, { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const forwards = signals.map((signal) => {
    const forward = () => child.kill(signal);
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  }).finally(() => {
    for (const stop of forwards) stop();
  });
}

process.exitCode = await start(process.argv.slice(2));
