import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { makeIdentity } from '../../../../src/core/identity/generate-identity.ts';
import {
  IDENTITY_FILE,
  loadOrMakeIdentity,
  SEALED_MARK,
  type SecretBox,
} from '../../../../src/core/identity/identity-file.ts';
import { problemOf } from '../../../../src/shared/problems/problem.ts';

let parent: string;
let folder: string;
let file: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'parley-identity-'));
  folder = join(parent, 'profile');
  file = join(folder, IDENTITY_FILE);
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function problemOfLoading(secretBox: SecretBox | null = null) {
  return loadOrMakeIdentity(folder, systemWorld, { secretBox }).then(
    () => null,
    (error: unknown) => problemOf(error),
  );
}

describe('the identity in a data folder', () => {
  test('is created once and stays the same', async () => {
    const first = await loadOrMakeIdentity(folder, systemWorld);
    expect(await loadOrMakeIdentity(folder, systemWorld)).toEqual(first);
    expect(await readdir(folder)).toEqual([IDENTITY_FILE]);
  });

  test.runIf(process.platform !== 'win32')('is readable by its owner only', async () => {
    await loadOrMakeIdentity(folder, systemWorld);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

describe('an unusable identity file is reported by its fault and left unchanged', () => {
  const damage: Record<string, (text: string) => string> = {
    'an empty file': () => '',
    'a file of something else': () => 'hello\n',
    'half a file': (text) => text.slice(0, text.length / 2),
    'a file without the key': (text) => text.slice(text.indexOf('-----BEGIN CERT')),
    'a damaged key': (text) => text.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'),
    'a damaged certificate': (text) =>
      text.replace(/(CERTIFICATE-----\n).{20}/, '$1AAAAAAAAAAAAAAAAAAAA'),
  };

  test.each(Object.entries(damage))('%s', async (_name, change) => {
    await loadOrMakeIdentity(folder, systemWorld);
    const damaged = change(await readFile(file, 'utf8'));
    await writeFile(file, damaged);
    const problem = await problemOfLoading();
    expect(problem).toMatchObject({ code: 'identity-unreadable', params: { file } });
    expect(problem?.cause).not.toMatch(/Error|error:|asn1/);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  test('a key with another key’s certificate', async () => {
    await loadOrMakeIdentity(folder, systemWorld);
    const [one, other] = [await makeIdentity(systemWorld), await makeIdentity(systemWorld)];
    await writeFile(file, one.privateKeyPem + other.certificatePem);
    expect((await problemOfLoading())?.cause).toContain('does not belong to its key');
  });

  test('a sealed file that decrypts to something else', async () => {
    await loadOrMakeIdentity(folder, systemWorld);
    await writeFile(file, `${SEALED_MARK}whatever`);
    const box: SecretBox = {
      trusted: true,
      seal: async (bytes) => bytes,
      open: async () => ({ bytes: Buffer.from('hello'), stale: false }),
    };
    expect((await problemOfLoading(box))?.code).toBe('identity-unreadable');
  });
});

describe('a read-only folder', () => {
  test('is reported, and no partial file is left', async () => {
    await writeFile(folder, 'a file in the way');
    const problem = await problemOfLoading();
    // Reading below a file fails before writing is tried.
    expect(['identity-unsaved', 'identity-unreadable']).toContain(problem?.code);
    expect(problem?.params).toMatchObject({ file });
    expect(await readdir(parent)).toEqual(['profile']);
  });
});
