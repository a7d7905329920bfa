import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import {
  IDENTITY_FILE,
  loadOrMakeIdentity,
  SEALED_MARK,
  type SecretBox,
} from '../../../../src/core/identity/identity-file.ts';
import { problemOf } from '../../../../src/shared/problems/problem.ts';
import { fakeKeychain } from '../../../support/desktop/fake-keychain.ts';
import { MemoryDisk } from '../../../support/storage/memory-disk.ts';

const FOLDER = '/profile/peer';
const FILE = join(FOLDER, IDENTITY_FILE);
const ours = fakeKeychain('ours');
let plain: Uint8Array;

beforeAll(async () => {
  const disk = new MemoryDisk();
  await start(disk, null);
  plain = contents(disk);
});

function start(disk: MemoryDisk, secretBox: SecretBox | null, steps?: number) {
  return loadOrMakeIdentity(FOLDER, systemWorld, { secretBox, disk: disk.start(steps) });
}

function contents(disk: MemoryDisk): Uint8Array {
  const found = disk.files.get(FILE);
  if (!found) throw new Error('There is no identity.');
  return found;
}

function withPlainIdentity(): MemoryDisk {
  const disk = new MemoryDisk();
  disk.files.set(FILE, plain);
  return disk;
}

const isSealed = (disk: MemoryDisk): boolean =>
  Buffer.from(contents(disk)).toString('latin1').startsWith(SEALED_MARK);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => problemOf(error).code,
  );

describe('a private key and the keychain', () => {
  test('a new key is never on disk unsealed where there is a keychain', async () => {
    const disk = new MemoryDisk();
    const made = await start(disk, ours);
    expect(made.sealed).toBe(true);
    expect(Buffer.from(contents(disk)).toString('latin1')).not.toContain('PRIVATE KEY');
    expect(await start(disk, ours)).toEqual(made);
  });

  test('an unsealed key is sealed at the next start', async () => {
    const disk = withPlainIdentity();
    const before = await start(disk, null);
    expect(before.sealed).toBe(false);
    expect(await start(disk, ours)).toEqual({ ...before, sealed: true });
    expect(isSealed(disk)).toBe(true);
    expect([...disk.files.keys()]).toEqual([FILE]);
  });

  test('a sealed key without its keychain is a problem with a next step, never a new key', async () => {
    const disk = withPlainIdentity();
    await start(disk, ours);
    const sealed = contents(disk);
    for (const box of [null, fakeKeychain('another computer')]) {
      const problem = problemOf(await start(disk, box).catch((error: unknown) => error));
      expect(problem).toMatchObject({
        code: 'identity-sealed',
        next: expect.stringContaining('Unlock the keychain'),
      });
      expect(contents(disk)).toBe(sealed);
    }
  });

  test('a keychain that may not persist opens what it sealed, and seals nothing new', async () => {
    const disk = withPlainIdentity();
    const young = fakeKeychain('ours', { trusted: false, stale: true });
    expect((await start(disk, young)).sealed).toBe(false);
    expect(contents(disk)).toBe(plain);
    await start(disk, ours);
    const sealed = contents(disk);
    expect((await start(disk, young)).sealed).toBe(true);
    expect(contents(disk)).toBe(sealed);
  });

  test('a key is sealed again when the keychain has rotated its own', async () => {
    const disk = withPlainIdentity();
    await start(disk, ours);
    const sealed = contents(disk);
    await start(disk, ours);
    expect(contents(disk)).toBe(sealed);
    await start(disk, fakeKeychain('ours', { stale: true }));
    expect(contents(disk)).not.toBe(sealed);
  });

  const broken: Record<string, SecretBox> = {
    'does not seal': { ...ours, seal: () => Promise.reject(new Error('no')) },
    'seals and does not open': { ...ours, open: () => Promise.reject(new Error('no')) },
    'opens something else': {
      ...ours,
      open: async () => ({ bytes: Buffer.from('something else'), stale: false }),
    },
  };
  test.each(Object.entries(broken))(
    'a keychain that %s leaves the file unchanged',
    async (_name, box) => {
      const disk = withPlainIdentity();
      const onUnexpected = vi.fn();
      const options = { secretBox: box, disk: disk.start(), onUnexpected };
      expect((await loadOrMakeIdentity(FOLDER, systemWorld, options)).sealed).toBe(false);
      expect(contents(disk)).toBe(plain);
      expect([...disk.files.keys()]).toEqual([FILE]);
      expect(onUnexpected).toHaveBeenCalledOnce();
    },
  );

  test('a new key is stored unsealed when the keychain cannot seal', async () => {
    const disk = new MemoryDisk();
    const made = await start(disk, { ...ours, seal: () => Promise.reject(new Error('no')) });
    expect(made.sealed).toBe(false);
    expect(await start(disk, null)).toEqual(made);
  });
});

describe('a power loss while a key is sealed', () => {
  test('loses no key, at whatever step, or at several in a row', async () => {
    const whole = withPlainIdentity();
    const known = await start(whole, ours);
    let cut = 0;
    for (let steps = 0; ; steps += 1) {
      const disk = withPlainIdentity();
      const died = await start(disk, ours, steps).then(
        () => false,
        (error: unknown) => {
          expect(problemOf(error).code).toMatch(/^identity-un/);
          return true;
        },
      );
      cut += 1;
      const next = await start(disk, ours);
      expect(next).toEqual(known);
      expect([...disk.files.keys()]).toEqual([FILE]);
      if (!died && steps > 20) break;
    }
    expect(cut).toBeGreaterThan(8);
  });

  test('the key stays the same or a problem is reported, whatever keychain each start finds', async () => {
    const startOf = fc.record({
      keychain: fc.constantFrom('ours', 'none', 'ours', 'none', 'theirs'),
      steps: fc.option(fc.nat(10), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(startOf, { maxLength: 12 }), async (starts) => {
        const disk = withPlainIdentity();
        const known = (await start(disk, null)).identity;
        for (const { keychain, steps } of starts) {
          const box = keychain === 'none' ? null : fakeKeychain(keychain);
          const wasSealed = isSealed(disk);
          const owner = Buffer.from(contents(disk)).includes(`\n${keychain}:`);
          const outcome = await start(disk, box, steps).then(
            ({ identity }) => identity,
            (error: unknown) => problemOf(error).code,
          );
          if (steps === undefined) {
            expect(outcome).toBe(wasSealed && !owner ? 'identity-sealed' : known);
          } else {
            expect([known, 'identity-sealed', 'identity-unreadable']).toContain(outcome);
          }
        }
        const last = Buffer.from(contents(disk)).includes('\ntheirs:') ? 'theirs' : 'ours';
        expect((await start(disk, fakeKeychain(last))).identity).toBe(known);
      }),
      { numRuns: 60 },
    );
  });
});

test('an interrupted first start does not break the next one', async () => {
  for (const box of [ours, null]) {
    for (let steps = 0; steps < 9; steps += 1) {
      const disk = new MemoryDisk();
      const first = await codeOf(start(disk, box, steps));
      const made = await start(disk, box);
      expect(made.sealed, first).toBe(box !== null);
      expect([...disk.files.keys()]).toEqual([FILE]);
    }
  }
});
