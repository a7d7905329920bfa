import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { LINK } from '../support/browser/web-screen.ts';
import { freePort, startTcp } from '../support/network/tcp-server.ts';
import { expectCleanStop, startScript } from '../support/peers/parley-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const START = join(ROOT, 'scripts/start.ts');
const DEMO = join(ROOT, 'scripts/demo.ts');

/** Two free ports in a row. */
async function freePair(): Promise<number> {
  for (;;) {
    const base = await freePort();
    const next = createServer();
    const free = await new Promise<boolean>((resolve) => {
      next.once('error', () => resolve(false));
      next.listen(base + 1, '127.0.0.1', () => next.close(() => resolve(true)));
    });
    if (free) return base;
  }
}

/** Where a folder of Electron's files has the program, as its npm package says. */
function electronProgram(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** A folder that holds an "Electron" which does what `script` says. */
function fakeElectron(script: string): string {
  const folder = temporaryFolder();
  const program = join(folder, electronProgram());
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return folder;
}

test('the demo runs two processes, prints every expected line and exits 0', async () => {
  const base = await freePair();
  const demo = startScript(DEMO, ['--port-base', `${base}`]);
  expect((await demo.ended).code).toBe(0);
  const text = demo.lines.join('\n');
  expect(text).toContain(`Alice | 🚀 Starting Alice on port ${base}...`);
  expect(text).toContain('Alice | 📨 Alice received: Hi Alice!');
  expect(text).toContain("Bob   |    ← { name: 'Alice', messages_received: 1 }");
  expect(demo.lines.at(-1)).toBe('✅ Every expected line came.');
});

test('the demo reports a busy port', async () => {
  const other = await startTcp(createServer());
  onTestFinished(other.stop);
  const demo = startScript(DEMO, ['--port-base', `${other.port}`]);
  expect((await demo.ended).code).toBe(1);
  expect(demo.errorLines[0]).toBe(`❌ Port ${other.port} is busy: another program listens on it.`);
  expect(demo.lines).toEqual([]);
});

test('without Electron, npm start says why and how to install it, and starts the browser host', async () => {
  const start = startScript(
    START,
    ['--port', '0', '--name', 'Alice', '--data', temporaryFolder()],
    // Nothing to open a browser with: the printed link is enough.
    { ELECTRON_OVERRIDE_DIST_PATH: temporaryFolder(), PATH: dirname(process.execPath) },
  );
  await start.line(LINK);
  expect(start.errorLines).toHaveLength(2);
  expect(start.errorLines[0]).toContain(
    "Electron's binary is missing: ELECTRON_OVERRIDE_DIST_PATH",
  );
  expect(start.errorLines[1]).toContain('ELECTRON_MIRROR');
  expect(start.errorLines[1]).toContain('ELECTRON_OVERRIDE_DIST_PATH');
  expect(start.lines).toContain('✅ Alice is running!');
  await expectCleanStop(start, 'SIGINT');
});

test.skipIf(process.platform === 'win32')(
  'npm start passes its options to Electron and returns its exit code',
  async () => {
    const told = join(temporaryFolder(), 'told');
    const dist = fakeElectron(`printf '%s\\n' "$@" > '${told}'; exit 0`);
    const start = startScript(START, ['--profile', 'bob', '--port', '8081', '--no-sandbox'], {
      ELECTRON_OVERRIDE_DIST_PATH: dist,
      DISPLAY: ':0',
    });
    expect((await start.ended).code).toBe(0);
    const [folder, ...options] = readFileSync(told, 'utf8').trim().split('\n');
    expect(folder).toBe(ROOT);
    expect(options).toEqual(['--profile', 'bob', '--port', '8081', '--no-sandbox']);
  },
);

test.skipIf(process.platform === 'win32')(
  'an Electron that crashes at once is replaced by the browser host',
  async () => {
    const start = startScript(START, ['--no-sandbox', '--port', '0', '--data', temporaryFolder()], {
      ELECTRON_OVERRIDE_DIST_PATH: fakeElectron('exit 127'),
      DISPLAY: ':0',
      PATH: '/bin',
    });
    await start.line(LINK);
    expect(start.errorLines.join('\n')).toContain('Electron ended at once (code 127)');
    await expectCleanStop(start, 'SIGTERM');
  },
);

test('an installation without the sources runs the build, with its options and exit code', async () => {
  const folder = temporaryFolder();
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'out/main'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'out/main/parley.js'),
    'console.log(process.argv.slice(2).join("|")); process.exitCode = 7;',
  );
  const ran = startScript(join(folder, 'bin/parley.js'), ['send', 'a b', '--json']);
  expect((await ran.ended).code).toBe(7);
  expect(ran.lines).toEqual(['send|a b|--json']);
});
