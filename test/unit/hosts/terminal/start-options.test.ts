import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { NodePeerOptions } from '../../../../src/core/node-peer.ts';
import type { CommandDeps } from '../../../../src/hosts/terminal/command.ts';
import { main } from '../../../../src/hosts/terminal/main.ts';
import { raise } from '../../../../src/shared/problems/problem.ts';

/** What a command line asks the core for; the core itself does not start. */
async function started(...args: readonly string[]): Promise<NodePeerOptions> {
  let options: NodePeerOptions | undefined;
  const nothing = async () => raise('internal');
  const deps: CommandDeps = {
    io: {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      env: {},
      onStop: () => () => undefined,
    },
    startPeer: async (given) => {
      options = given;
      return raise('port-in-use', { port: 1, owner: 'a test' });
    },
    connect: nothing,
    startWebHost: nothing,
    rendererDir: '',
    defaultName: 'Someone',
    profileDir: (profile) => join('/profiles', profile),
    openBrowser: nothing,
  };
  expect(await main(args, deps)).toBe(11);
  if (!options) throw new Error('nothing was started');
  return options;
}

test('parley serve accepts strangers, as it runs unattended', async () => {
  expect((await started('serve')).acceptsStrangers).toBe(true);
});

test('parley web and the desktop app ask their user about strangers', async () => {
  expect((await started('web')).acceptsStrangers ?? false).toBe(false);
  const source = join(import.meta.dirname, '../../../../src/main/app/desktop.ts');
  const text = readFileSync(source, 'utf8');
  expect(text).toContain('startNodePeer(');
  expect(text).not.toContain('acceptsStrangers');
});

test('parley serve stores a profile only when one is named', async () => {
  expect((await started('serve')).dataDir).toBeNull();
  expect((await started('serve', '--profile', 'work')).dataDir).toBe(join('/profiles', 'work'));
  expect((await started('serve', '--data', '/somewhere')).dataDir).toMatch(/somewhere$/);
});

test.each([
  [[], undefined, undefined],
  [['--reach', 'network'], 'network', undefined],
  [['--reach', 'computer'], 'this-computer', undefined],
  [['--open-contract', 'network'], undefined, 'network'],
  [['--open-contract', 'this-computer', '--reach', 'network'], 'network', 'this-computer'],
])('parley serve %j: reach %s, open contract %s', async (args, reach, openContract) => {
  const options = await started('serve', ...args);
  expect(options.reach).toBe(reach);
  expect(options.openContract).toBe(openContract);
  expect(options.host).toBeUndefined();
});
