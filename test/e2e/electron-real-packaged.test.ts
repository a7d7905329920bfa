import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FUSES } from '../../packaging/fuses.ts';
import { PackagedCopies } from '../support/real-electron/packaged.ts';
import { inPackagedApp } from '../support/real-electron/present.ts';
import { firstChat } from './journeys/first-chat.ts';
import { expectNothingButTheBridge, expectPolicyEnforced } from './journeys/locked-down.ts';

/** What ends the app, as itself, before it opens anything: with code 2, which Node has no use for. */
const NONSENSE = ['--port', 'eighty'];

inPackagedApp('the packaged app', (program) => {
  let copies: PackagedCopies;
  beforeAll(() => {
    copies = new PackagedCopies(program);
  });
  afterAll(() => copies.end());

  test('starts twice, and a message goes each way', async () => {
    const alice = await copies.start('Alice');
    const bob = await copies.start('Bob');
    await firstChat({ name: 'Alice', page: alice }, { name: 'Bob', page: bob });
    await expectNothingButTheBridge(alice);
    await expectPolicyEnforced(alice);
  });

  test('has its fuses set as decided, read back from the binary', async () => {
    const wire = await getCurrentFuseWire(bundleOf(program));
    const names = Object.keys(FuseV1Options).filter((it) => Number.isNaN(Number(it)));
    const read = names.map((name) => {
      const index = FuseV1Options[name as keyof typeof FuseV1Options];
      return [name, wire[index] === FuseState.ENABLE, FUSES[index]] as const;
    });
    expect(read.filter(([, is, decided]) => is !== decided)).toEqual([]);
  });

  test('cannot run as plain Node, opens no debugger and runs nothing from the environment', async () => {
    const traces = ['as-node', 'by-options'].map((name) => join(copies.folder, name));
    const [asNode = '', byOptions = ''] = traces.map((trace) => {
      const script = `${trace}.cjs`;
      writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`);
      return script;
    });
    const tries = [
      await copies.run([asNode, ...NONSENSE], { ELECTRON_RUN_AS_NODE: '1' }),
      await copies.run(NONSENSE, { NODE_OPTIONS: `--require ${JSON.stringify(byOptions)}` }),
      await copies.run(['--inspect=0', ...NONSENSE], {}),
    ];
    for (const { code, errors } of tries) {
      expect(code).toBe(2);
      expect(errors).not.toContain('Debugger listening');
    }
    expect(traces.filter((it) => existsSync(it))).toEqual([]);
  });

  if (process.platform !== 'linux') {
    test('does not start with a modified app.asar', async () => {
      const original = bundleOf(program);
      const home = original.endsWith('.app') ? original : dirname(program);
      const changed = join(copies.folder, basename(home));
      cpSync(home, changed, { recursive: true, verbatimSymlinks: true });
      const copy = join(changed, relative(home, program));
      expect(await copies.run(NONSENSE, {}, copy)).toMatchObject({ code: 2 });
      changeHeader(join(resourcesOf(copy), 'app.asar'));
      expect(await copies.run(NONSENSE, {}, copy)).not.toMatchObject({ code: 2 });
    });
  }

  if (process.platform === 'win32') {
    test('is registered for parley:// links', () => {
      const key = 'HKCU\\Software\\Classes\\parley\\shell\\open\\command';
      const command = execFileSync('reg', ['query', key, '/ve'], { encoding: 'utf8' });
      expect(command.toLowerCase()).toContain(`"${program.toLowerCase()}"`);
      expect(command).toMatch(/"?--"? "%1"/);
    });
  }
});

/** What @electron/fuses calls the app: on macOS, the folder around the executable. */
function bundleOf(program: string): string {
  return process.platform === 'darwin' ? dirname(dirname(dirname(program))) : program;
}

function resourcesOf(program: string): string {
  if (process.platform === 'darwin') return join(dirname(dirname(program)), 'Resources');
  return join(dirname(program), 'resources');
}

/** Changes one digit of a hash in an archive's header: it is as long as before, and still JSON. */
function changeHeader(asar: string): void {
  const file = openSync(asar, 'r+');
  const head = Buffer.alloc(64 * 1024);
  readSync(file, head, 0, head.length, 0);
  const mark = '"hash":"';
  const at = head.indexOf(mark);
  if (at < 0) throw new Error('There is no hash in the archive’s header.');
  const digit = head.toString('latin1', at + mark.length, at + mark.length + 1);
  writeSync(file, digit === '0' ? '1' : '0', at + mark.length, 'latin1');
  closeSync(file);
}
