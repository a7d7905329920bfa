import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError, problem } from '../shared/problem.ts';
import { reason } from '../shared/problem-reasons.ts';
import type { ReasonParams } from '../shared/reason.ts';
import { spkiIdentity } from './identity.ts';
import type { PeerIdentity } from './identity-maker.ts';
import type { World } from './world.ts';

/** Wraps what is secret before it goes to disk, for example with the system's key store. */
export interface SecretBox {
  readonly seal: (bytes: Uint8Array) => Uint8Array;
  /** Throws when the bytes were not sealed by this box. */
  readonly open: (bytes: Uint8Array) => Uint8Array;
}

/** Leaves the bytes as they are: the file's permissions protect it. */
export const plainSecretBox: SecretBox = {
  seal: (bytes) => bytes,
  open: (bytes) => bytes,
};

/** The private key, then the certificate, both as PEM. */
export const IDENTITY_FILE = 'identity.pem';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** A new identity, kept nowhere. */
export async function newIdentity(world: Pick<World, 'randomBytes'>): Promise<PeerIdentity> {
  // Loaded only when it is used: it brings the certificate library.
  const { makeIdentity } = await import('./identity-maker.ts');
  return makeIdentity(world);
}

/**
 * The identity kept in the data folder; made and saved when there is none. A file that cannot be
 * used is never replaced: to every contact, a new identity looks like somebody else.
 *
 * @throws ProblemError `identity-unreadable`, `identity-unsaved`
 */
export async function loadOrMakeIdentity(
  dataFolder: string,
  world: Pick<World, 'randomBytes'>,
  secretBox: SecretBox = plainSecretBox,
): Promise<PeerIdentity> {
  const file = join(dataFolder, IDENTITY_FILE);
  const kept = await loadIdentity(dataFolder, secretBox);
  if (kept !== null) return kept;
  const made = await newIdentity(world);
  const text = made.privateKeyPem + made.certificatePem;
  await save(dataFolder, file, secretBox.seal(Buffer.from(text)), world);
  return made;
}

/**
 * The identity kept in the data folder; null when there is none yet.
 *
 * @throws ProblemError `identity-unreadable`
 */
export async function loadIdentity(
  dataFolder: string,
  secretBox: SecretBox = plainSecretBox,
): Promise<PeerIdentity | null> {
  const file = join(dataFolder, IDENTITY_FILE);
  const sealed = await readIfThere(file);
  return sealed === null ? null : parseIdentity(file, unseal(file, secretBox, sealed));
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw unreadable(file, reason('key-unread', { systemCode: systemCode(error) }), error);
  }
}

function unseal(file: string, secretBox: SecretBox, sealed: Uint8Array): string {
  try {
    return Buffer.from(secretBox.open(sealed)).toString();
  } catch (error) {
    throw unreadable(file, reason('key-locked'), error);
  }
}

const PEM_BLOCK = /-----BEGIN ([A-Z ]+)-----\n[A-Za-z0-9+/=\n]+-----END \1-----\n/g;

function parseIdentity(file: string, text: string): PeerIdentity {
  const blocks = new Map(Array.from(text.matchAll(PEM_BLOCK), ([block, label]) => [label, block]));
  const privateKeyPem = blocks.get('PRIVATE KEY');
  const certificatePem = blocks.get('CERTIFICATE');
  if (privateKeyPem === undefined || certificatePem === undefined) {
    throw unreadable(file, reason('key-absent'));
  }
  const identity = provenIdentity(file, privateKeyPem, certificatePem);
  if (identity === null) throw unreadable(file, reason('key-of-another'));
  return { identity, privateKeyPem, certificatePem };
}

function provenIdentity(file: string, privateKeyPem: string, certificatePem: string) {
  try {
    const certificate = new X509Certificate(certificatePem);
    const matches = certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
    return matches ? spkiIdentity(certificate.raw) : null;
  } catch (error) {
    throw unreadable(file, reason('key-damaged'), error);
  }
}

/** All or nothing: after a crash there is either no file or a whole one. */
async function save(
  dataFolder: string,
  file: string,
  bytes: Uint8Array,
  world: Pick<World, 'randomBytes'>,
): Promise<void> {
  const temporary = `${file}.${Buffer.from(world.randomBytes(6)).toString('hex')}.tmp`;
  try {
    await mkdir(dataFolder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    await writeDurably(temporary, bytes);
    await rename(temporary, file);
    await syncFolder(dataFolder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const why = reason('system-code', { systemCode: systemCode(error) });
    throw new ProblemError(problem('identity-unsaved', { ...why, file }), { cause: error });
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY_FILE);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name durable. Windows cannot open folders, and does without. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, why: ReasonParams, cause?: unknown): ProblemError {
  return new ProblemError(problem('identity-unreadable', { ...why, file }), { cause });
}

/** `EACCES`, `ENOSPC`: short, searchable, and free of stack traces. */
function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
