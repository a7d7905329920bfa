#!/usr/bin/env node
// Plain JavaScript that any Node since 20 runs far enough to say what is missing.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** node:sqlite without a flag. */
const NEEDED = [22, 13];
/** A checkout is built by a Node that reads TypeScript, which its own one does. */
const inCheckout = existsSync(at('scripts/ensure-built.ts'));

function isAtLeast([major, minor]) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The Node that `npm ci` brings along. */
function bundledNode() {
  const candidates = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe'];
  return candidates.map(at).find((path) => existsSync(path));
}

/** Runs this file on another Node; signals and the exit code pass through. */
function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => explain(`The Node in node_modules does not start (${error.code}).`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/**
 * Where compiled code is kept from start to start: the user's own folder for such things, where
 * nobody else can put code in its place.
 */
function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = {
    win32: LOCALAPPDATA || join(homedir(), 'AppData', 'Local'),
    darwin: join(homedir(), 'Library', 'Caches'),
  }[process.platform];
  return join(base ?? (XDG_CACHE_HOME || join(homedir(), '.cache')), 'parley', 'compiled');
}

/**
 * Whether an argument was not UTF-8. Node puts a sign for that in its place, so that a message would
 * arrive damaged; what was given can be seen on Linux only.
 */
function damagedArguments() {
  if (!process.argv.some((argument) => argument.includes('\ufffd'))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(readFileSync('/proc/self/cmdline'));
    return false;
  } catch (error) {
    return error instanceof TypeError;
  }
}

function explain(reason) {
  console.error(`❌ ${reason}`);
  console.error(
    inCheckout
      ? '   Run "npm ci" in the folder of Parley: it brings everything that is needed.'
      : `   Install Node ${NEEDED.join('.')} or newer: https://nodejs.org`,
  );
  process.exitCode = 1;
}

const wanted = inCheckout ? [24, 0] : NEEDED;
const bundled = bundledNode();
if (damagedArguments()) {
  console.error('❌ An argument isn’t UTF-8 text, so it would arrive damaged.');
  console.error('   Set the terminal to UTF-8, or convert the text and send it with "-".');
  process.exitCode = 2;
} else if (!isAtLeast(wanted) && bundled && process.execPath !== bundled) {
  runOn(bundled);
} else if (!isAtLeast(wanted)) {
  explain(`Parley needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}.`);
} else {
  // Half of a short command's time is compiling. Where nothing can be kept, it is done each time.
  module.enableCompileCache?.(cacheFolder());
  if (inCheckout) {
    const { ensureBuilt } = await import('../scripts/ensure-built.ts');
    if (!(await ensureBuilt())) process.exit(1);
  }
  await import('../out/main/parley.js');
}
