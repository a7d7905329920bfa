import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeTextFile } from '../base/atomic-file.ts';
import { readSmallFile } from '../base/small-file.ts';

/** Within a profile's folder: the socket, and the file that says where it is and how to use it. */
export const SOCKET_FILE = 'control.sock';
export const RECORD_FILE = 'control.json';

/**
 * A socket's path has 108 bytes on Linux (unix(7)) and 104 on macOS (unix(4)), with a final zero.
 * What is longer is cut off without a word.
 */
const MAX_PATH = 103;

const SHORT_FOLDER = 'parley-';

const OWNER_ONLY = 0o600;
/** Bytes: two paths, which JSON may write six times longer, and the secret. */
const MAX_RECORD = 64 * 1024;

const recordSchema = z.object({
  path: z.string(),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
  /** The profile's folder: a copy of it elsewhere must not lead to the original's app. */
  folder: z.string(),
});
/** Where a profile's running app can be reached. Read access to it grants all of the user's rights. */
export type ControlRecord = z.infer<typeof recordSchema>;

export interface PlaceSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly temporary: string;
}

export const thisSystem: PlaceSystem = {
  platform: process.platform,
  env: process.env,
  temporary: tmpdir(),
};

/**
 * Paths to listen on, the better one first. A named pipe on Windows has a fresh name each time, so
 * that nobody else can have taken it before. Elsewhere it is a socket in the profile's folder; where
 * its path is too long, or the file system knows no sockets, one in a short folder of its own.
 */
export async function* socketPaths(
  dataDir: string,
  { platform, env, temporary }: PlaceSystem,
): AsyncGenerator<string> {
  if (platform === 'win32') {
    yield `\\\\.\\pipe\\parley-${randomBytes(16).toString('hex')}`;
    return;
  }
  const usual = join(dataDir, SOCKET_FILE);
  if (fits(usual)) yield usual;
  for (const base of [env['XDG_RUNTIME_DIR'], temporary, '/tmp']) {
    if (!base || !fits(join(base, `${SHORT_FOLDER}xxxxxx`, SOCKET_FILE))) continue;
    // Made for this user alone (0700).
    const folder = await mkdtemp(join(base, SHORT_FOLDER)).catch(() => null);
    if (folder === null) continue;
    yield join(folder, SOCKET_FILE);
    // Asked for the next one: this one did not do.
    await rmdir(folder).catch(() => undefined);
  }
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_PATH;
}

/** Tells the profile's programs where to find its app. */
export async function writeRecord(dataDir: string, path: string): Promise<ControlRecord> {
  const secret = randomBytes(32).toString('hex');
  const record = { path, secret, folder: await realpath(dataDir) };
  await writeTextFile(join(dataDir, RECORD_FILE), [`${JSON.stringify(record)}\n`]);
  return record;
}

/** What the last app on the profile wrote; null when none runs for sure. It may be out of date. */
export async function readRecord(dataDir: string): Promise<ControlRecord | null> {
  try {
    const bytes = await readSmallFile(join(dataDir, RECORD_FILE), MAX_RECORD);
    if (bytes === null) return null;
    const record = recordSchema.parse(JSON.parse(bytes.toString('utf8')));
    return record.folder === (await realpath(dataDir)) ? record : null;
  } catch {
    return null;
  }
}

/** Removes what an app left behind. Only the one that holds the profile's lock may call this. */
export async function removePlace(dataDir: string): Promise<void> {
  const record = await readRecord(dataDir);
  await rm(join(dataDir, RECORD_FILE), { force: true });
  await rm(join(dataDir, SOCKET_FILE), { force: true });
  const folder = record && dirname(record.path);
  if (!record || !folder || !basename(folder).startsWith(SHORT_FOLDER)) return;
  if (folder === record.folder) return;
  await rm(record.path, { force: true }).catch(() => undefined);
  await rmdir(folder).catch(() => undefined);
}

/** Lets nobody but the user open the socket. A named pipe has no such permissions. */
export async function keepToUser(path: string, { platform }: PlaceSystem): Promise<void> {
  if (platform !== 'win32') await chmod(path, OWNER_ONLY);
}
