import { createPrivateKey, X509Certificate } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import type { ReasonParams } from '../../shared/problems/reason.ts';
import { errorCode } from '../base/error-code.ts';
import type { World } from '../base/world.ts';
import { type IdentityDisk, systemDisk } from './durable-files.ts';
import type { PeerIdentity } from './generate-identity.ts';
import { spkiIdentity } from './identity.ts';

/** Encrypts secrets before they are written to disk, with a key held by the system's keychain. */
export interface SecretBox {
  /**
   * Whether what it seals is known to open at a later start. Otherwise it is only used to open what
   * was sealed before.
   */
  readonly trusted: boolean;
  readonly seal: (bytes: Uint8Array) => Promise<Uint8Array>;
  /**
   * Rejects when the bytes were not sealed by this box, or its keychain does not open. `stale`
   * bytes were sealed with a key that has been rotated: they are to be sealed again.
   */
  readonly open: (sealed: Uint8Array) => Promise<{
    readonly bytes: Uint8Array;
    readonly stale: boolean;
  }>;
}

/** A stored identity. */
export interface KeptIdentity extends PeerIdentity {
  /** Whether its file is sealed; otherwise only the file's permissions protect it. */
  readonly sealed: boolean;
}

export interface KeepingOptions {
  /** Null, or not given, without a keychain: then a sealed identity cannot be read. */
  readonly secretBox?: SecretBox | null | undefined;
  readonly disk?: IdentityDisk;
  /** Called when a key could not be sealed and stays as it was. */
  readonly onUnexpected?: (error: unknown) => void;
}

/** The private key, then the certificate, both as PEM; or the mark below and the same, sealed. */
export const IDENTITY_FILE = 'identity.pem';

/** How a sealed identity's file begins. */
export const SEALED_MARK = 'parley sealed identity 1\n';

/** A new identity, not stored. */
export async function newIdentity(world: Pick<World, 'randomBytes'>): Promise<PeerIdentity> {
  // Loaded on first use: it brings the certificate library.
  const { makeIdentity } = await import('./generate-identity.ts');
  return makeIdentity(world);
}

/**
 * The identity in the data folder; generated and stored when there is none. With a secret box it is
 * sealed: a new one at once, an unsealed one when it is next loaded. An unusable file is never
 * replaced: to every contact, a new identity looks like another person. To be called by one process
 * at a time.
 *
 * @throws ProblemError `identity-unreadable`, `identity-sealed`, `identity-unsaved`
 */
export async function loadOrMakeIdentity(
  dataFolder: string,
  world: Pick<World, 'randomBytes'>,
  options: KeepingOptions = {},
): Promise<KeptIdentity> {
  const { secretBox = null, disk = systemDisk, onUnexpected = () => {} } = options;
  const file = join(dataFolder, IDENTITY_FILE);
  const keeper = { file, disk, world };
  await removeLeftovers(keeper);
  const kept = await load(file, secretBox, disk);
  const identity = kept ?? (await newIdentity(world));
  const text = Buffer.from(identity.privateKeyPem + identity.certificatePem);
  let sealed = kept?.sealed ?? false;
  if (secretBox?.trusted && (!sealed || kept?.stale)) {
    try {
      await save(keeper, text, secretBox);
      sealed = true;
    } catch (error) {
      onUnexpected(error);
    }
  }
  if (kept === null && !sealed) await save(keeper, text, null);
  const { identity: code, privateKeyPem, certificatePem } = identity;
  return { identity: code, privateKeyPem, certificatePem, sealed };
}

/**
 * The identity in the data folder; null when there is none yet.
 *
 * @throws ProblemError `identity-unreadable`, `identity-sealed`
 */
export async function loadIdentity(
  dataFolder: string,
  { secretBox = null, disk = systemDisk }: KeepingOptions = {},
): Promise<PeerIdentity | null> {
  return load(join(dataFolder, IDENTITY_FILE), secretBox, disk);
}

interface Loaded extends KeptIdentity {
  readonly stale: boolean;
}

async function load(
  file: string,
  secretBox: SecretBox | null,
  disk: IdentityDisk,
): Promise<Loaded | null> {
  const found = await disk.read(file).catch((error: unknown) => {
    throw unreadable(file, reason('key-unread', { systemCode: systemCode(error) }), error);
  });
  if (found === null) return null;
  if (!isSealed(found)) return { ...parseIdentity(file, found), sealed: false, stale: false };
  const { bytes, stale } = await unseal(secretBox, found);
  return { ...parseIdentity(file, bytes), sealed: true, stale };
}

function isSealed(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, SEALED_MARK.length)).toString('latin1') === SEALED_MARK;
}

async function sealedFile(secretBox: SecretBox, text: Uint8Array): Promise<Uint8Array> {
  return Buffer.concat([Buffer.from(SEALED_MARK), await secretBox.seal(text)]);
}

async function unseal(secretBox: SecretBox | null, sealed: Uint8Array) {
  if (secretBox === null) throw new ProblemError(problem('identity-sealed'));
  try {
    return await secretBox.open(sealed.subarray(SEALED_MARK.length));
  } catch (cause) {
    throw new ProblemError(problem('identity-sealed'), { cause });
  }
}

const PEM_BLOCK = /-----BEGIN ([A-Z ]+)-----\n[A-Za-z0-9+/=\n]+-----END \1-----\n/g;

function parseIdentity(file: string, bytes: Uint8Array): PeerIdentity {
  const text = Buffer.from(bytes).toString();
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

interface Keeper {
  readonly file: string;
  readonly disk: IdentityDisk;
  readonly world: Pick<World, 'randomBytes'>;
}

/**
 * Atomic: an interruption leaves either the old file or all of the new one. A sealed file replaces
 * the old one only after it was read back from the disk and opened.
 */
async function save(
  { file, disk, world }: Keeper,
  text: Uint8Array,
  secretBox: SecretBox | null,
): Promise<void> {
  const temporary = `${file}.${Buffer.from(world.randomBytes(6)).toString('hex')}.tmp`;
  try {
    await disk.makeFolder(dirname(file));
    await disk.writeNew(temporary, secretBox ? await sealedFile(secretBox, text) : text);
    if (secretBox) await check(temporary, disk, secretBox, text);
    await disk.rename(temporary, file);
    await disk.syncFolder(dirname(file));
  } catch (error) {
    await disk.remove(temporary).catch(() => {});
    const why = reason('system-code', { systemCode: systemCode(error) });
    throw new ProblemError(problem('identity-unsaved', { ...why, file }), { cause: error });
  }
}

async function check(
  file: string,
  disk: IdentityDisk,
  secretBox: SecretBox,
  text: Uint8Array,
): Promise<void> {
  const written = await disk.read(file);
  const opened = await secretBox.open((written ?? text).subarray(SEALED_MARK.length));
  if (!Buffer.from(opened.bytes).equals(text))
    throw new Error('The keychain opened something else.');
}

/** Removes what a crash has left of a file that was never used: it may hold an unsealed key. */
async function removeLeftovers({ file, disk }: Keeper): Promise<void> {
  const folder = dirname(file);
  const left = (await disk.list(folder).catch(() => [])).filter(
    (name) => name.startsWith(`${basename(file)}.`) && name.endsWith('.tmp'),
  );
  for (const name of left) await disk.remove(join(folder, name)).catch(() => {});
}

function unreadable(file: string, why: ReasonParams, cause?: unknown): ProblemError {
  return new ProblemError(problem('identity-unreadable', { ...why, file }), { cause });
}

/** `EACCES`, `ENOSPC`: short, searchable, and free of stack traces. */
function systemCode(error: unknown): string {
  return errorCode(error) || 'unknown error';
}
