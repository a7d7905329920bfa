import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The control endpoint's lines: one JSON object each, on a socket that only programs of the same
 * user can open and only those that can read the profile's folder can use.
 *
 * 1. client: `{"parley":1,"nonce"}`
 * 2. server: `{"parley":1,"nonce","proof","lasting"}`
 * 3. client: `{"proof"}`, then requests
 *
 * Each proof shows that its side knows the secret in the folder, without revealing it to a process
 * that may have taken over the socket path. A request carries an id chosen by the client, which its
 * answers repeat.
 */
export const CONTROL_VERSION = 1;

/** Bytes of one line to the server: the longest message, six times longer as JSON, fits twice. */
export const MAX_REQUEST = 1024 * 1024;
/** Bytes of one line to the client: a page of the longest messages fits. */
export const MAX_ANSWER = 256 * 1024 * 1024;
/** Bytes of a line before the other side has proven itself. */
export const MAX_GREETING = 4 * 1024;
/** UTF-16 units of a piece of an imported file, so that its line stays below `MAX_REQUEST`. */
export const IMPORT_PIECE = 64 * 1024;

const nonce = z.string().min(16).max(128);

export const clientHello = z.object({ parley: z.literal(CONTROL_VERSION), nonce });
export const serverHello = z.object({
  parley: z.literal(CONTROL_VERSION),
  nonce,
  proof: z.string(),
  /** Whether the app itself runs, not only another command. */
  lasting: z.boolean(),
});
export const clientProof = z.object({ proof: z.string() });

const id = z.int().nonnegative();

export const request = z.discriminatedUnion('do', [
  z.object({ id, do: z.literal('command'), name: z.unknown(), input: z.unknown() }),
  /** Answered with a `batch` line for each batch of events, until `unsubscribe` with the same id. */
  z.object({ id, do: z.literal('subscribe'), afterSeq: z.int().nonnegative() }),
  z.object({ id, do: z.literal('unsubscribe') }),
  /** The app wants to start on the profile: a command that holds it is to let go. No answer. */
  z.object({ id, do: z.literal('yield') }),
  /** Answered with `chunk` lines, then an `outcome`. */
  z.object({ id, do: z.literal('export') }),
  /** Followed by `importPiece` lines and nothing else until its outcome. */
  z.object({ id, do: z.literal('import') }),
]);

export const importPiece = z.union([
  z.object({ chunk: z.string() }),
  z.object({ end: z.literal(true) }),
]);

/** A line as the server sends it. The client trusts what has proven to be its own profile's app. */
export interface Answer {
  /** null: to a line that was no request. */
  readonly id: number | null;
  readonly outcome?: unknown;
  readonly batch?: unknown;
  readonly chunk?: string;
}

/** What shows that one side knows the secret, for this connection only. */
export function proofOf(
  side: 'client' | 'server',
  secret: string,
  clientNonce: string,
  serverNonce: string,
): string {
  const text = `parley control ${side}\n${clientNonce}\n${serverNonce}`;
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}

export function sameProof(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The object on a line, or null when the line is not that. */
export function parseLine<T>(schema: z.ZodType<T>, line: string): T | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
