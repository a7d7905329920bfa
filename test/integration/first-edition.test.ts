import { expect, test } from 'vitest';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { firstEdition } from '../support/peers/first-edition.ts';
import { type ParleyProcess, parley } from '../support/peers/parley-process.ts';

// Nobody updates on the same day: a copy of the first edition and one of today connect and talk.

type Start = (args: readonly string[]) => ParleyProcess;

/** Each pair both ways: the edition that begins, and the one that answers. */
const PAIRS: readonly {
  readonly pair: string;
  readonly begins: Start;
  readonly answers: Start;
}[] = [
  { pair: 'an old peer and a new one', begins: firstEdition, answers: parley },
  { pair: 'a new peer and an old one', begins: parley, answers: firstEdition },
];

/** A `parley serve --json` on a profile of its own. */
interface Copy {
  readonly start: Start;
  readonly process: ParleyProcess;
  readonly folder: string;
  readonly port: number;
  readonly address: string;
}

async function serve(
  start: Start,
  name: string,
  options: { readonly folder?: string; readonly port?: number; readonly peer?: string } = {},
): Promise<Copy> {
  const folder = options.folder ?? temporaryFolder();
  const wanted = options.port ?? (await freePort());
  const process = start([
    ...['serve', '--name', name, '--json', '--data', folder, '--port', `${wanted}`],
    ...(options.peer === undefined ? [] : ['--peer', options.peer]),
  ]);
  const ready = JSON.parse(await process.line(/"event":"ready"/)) as { readonly port: number };
  return { start, process, folder, port: ready.port, address: `127.0.0.1:${ready.port}` };
}

/** Runs a command to its end. */
async function run(start: Start, ...args: readonly string[]) {
  const started = start(args);
  started.child.stdin.end();
  const { code } = await started.ended;
  return { code, output: [...started.lines, ...started.errorLines].join('\n') };
}

/** Runs a command on the copy's profile, by the copy's own edition. */
const onProfile = (copy: Copy, ...args: readonly string[]) =>
  run(copy.start, ...args, '--data', copy.folder);

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);

const heard = async (copy: Copy, body: string): Promise<void> =>
  void (await copy.process.line(new RegExp(`"event":"received".*"body":"${body}"`)));

/** Waits until the copy knows that its message has arrived. */
async function delivered(copy: Copy, body: string): Promise<void> {
  const accepted = await copy.process.line(new RegExp(`"event":"accepted".*"body":"${body}"`));
  const { id } = JSON.parse(accepted) as { readonly id: string };
  await copy.process.line(new RegExp(`"event":"delivered","id":"${id}"`));
}

/** What stands in the copy's history of its only contact, without the greeting of the start. */
async function bodies(copy: Copy, contact: string): Promise<readonly string[]> {
  const { output } = await onProfile(copy, 'history', contact, '--json', '--limit', '1000');
  return output
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly body: string }).body)
    .filter((body) => body.startsWith('line'));
}

test.each(PAIRS)(
  'with $pair, the first dials the second: messages go both ways, in order and once',
  async ({ begins, answers }) => {
    const bob = await serve(answers, 'Bob');
    const alice = await serve(begins, 'Alice', { peer: bob.address });
    await alice.process.line(/"event":"link".*"transport":"parley"/);
    for (const line of lines(0, 40)) alice.process.type(line);
    await heard(bob, 'line 39');
    expect(await onProfile(bob, 'send', 'Alice', 'line 40', '--wait')).toMatchObject({ code: 0 });
    await heard(alice, 'line 40');
    expect(await bodies(bob, 'Alice')).toEqual(lines(0, 41));
    expect(await bodies(alice, 'Bob')).toEqual(lines(0, 41));
  },
);

test.each(PAIRS)(
  'with $pair, the first sends while the second is killed: every message arrives once',
  async ({ begins, answers }) => {
    let bob = await serve(answers, 'Bob');
    const alice = await serve(begins, 'Alice', { peer: bob.address });
    await alice.process.line(/"event":"link".*"transport":"parley"/);
    for (const line of lines(0, 30)) alice.process.type(line);
    await heard(bob, 'line 10');
    await bob.process.stop('SIGKILL');
    for (const line of lines(30, 60)) alice.process.type(line);
    bob = await serve(answers, 'Bob', bob);
    // The first edition does not tell what it receives before it has printed that it is ready.
    await delivered(alice, 'line 59');
    expect(await bodies(bob, 'Alice')).toEqual(lines(0, 60));
  },
);

test.each(PAIRS)(
  'with $pair, the first calls the open contract of the second',
  async ({ begins, answers }) => {
    const bob = await serve(answers, 'Bob');
    expect(await run(begins, 'greet', bob.address)).toEqual({ code: 0, output: "Hello! I'm Bob." });
    expect(await run(begins, 'send', bob.address, 'Hi')).toMatchObject({ code: 0 });
    const stats = await run(begins, 'stats', bob.address);
    expect(stats.output).toContain('1');
    expect(stats.code).toBe(0);
  },
);

test('a profile of the first edition opens in the current version, which sends its pending messages', async () => {
  let bob = await serve(parley, 'Bob');
  const old = await serve(firstEdition, 'Alice', { peer: bob.address });
  await old.process.line(/"event":"link".*"transport":"parley"/);
  old.process.type('line 0');
  await heard(bob, 'line 0');
  await bob.process.stop();
  old.process.type('line 1');
  await old.process.line(/"event":"accepted".*"body":"line 1"/);
  await old.process.stop();

  bob = await serve(parley, 'Bob', bob);
  const alice = await serve(parley, 'Alice', old);
  await heard(bob, 'line 1');
  expect(await bodies(alice, 'Bob')).toEqual(lines(0, 2));
  expect(await bodies(bob, 'Alice')).toEqual(lines(0, 2));
});
