import { type Duplex, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import type { ReasonParams } from '../../shared/problems/reason.ts';
import { errorCode } from './error-code.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** As many bytes as identify a file format. */
const HEAD = 8;

/**
 * Magic numbers of compressed formats, and the decoder of those that can be decoded as a stream.
 */
const PACKED: readonly {
  readonly format: string;
  readonly head: readonly number[];
  readonly unpack?: (() => Duplex) | undefined;
}[] = [
  { format: 'gzip', head: [0x1f, 0x8b], unpack: createGunzip },
  // Missing in older releases of Node, and so of Electron.
  { format: 'Zstandard', head: [0x28, 0xb5, 0x2f, 0xfd], unpack: createZstdDecompress },
  { format: 'ZIP', head: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'bzip2', head: [0x42, 0x5a, 0x68] },
  { format: 'xz', head: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { format: '7-Zip', head: [0x37, 0x7a, 0xbc, 0xaf] },
  { format: 'RAR', head: [0x52, 0x61, 0x72, 0x21] },
  { format: 'LZ4', head: [0x04, 0x22, 0x4d, 0x18] },
];

/** How text in UTF-16 begins: with a byte order mark, or with the brace that JSON begins with. */
const UTF_16: readonly { readonly label: string; readonly heads: readonly number[][] }[] = [
  {
    label: 'utf-16le',
    heads: [
      [0xff, 0xfe],
      [0x7b, 0x00],
    ],
  },
  {
    label: 'utf-16be',
    heads: [
      [0xfe, 0xff],
      [0x00, 0x7b],
    ],
  },
];
const UTF_32 = [
  [0xff, 0xfe, 0x00, 0x00],
  [0x00, 0x00, 0xfe, 0xff],
];

/**
 * The text of a file that a user chose, in chunks, whatever program saved it: UTF-8 with or without
 * a byte order mark, UTF-16 (PowerShell's `>`), any of it compressed with gzip or Zstandard. Any
 * other format is refused by name rather than misread.
 *
 * Rejects with `import-invalid`, or as `bytes` does.
 */
export async function* decodedText(bytes: Bytes): AsyncGenerator<string> {
  const { head, all } = await peeked(bytes);
  const packed = PACKED.find((it) => beginsWith(head, it.head));
  if (packed === undefined) return yield* decoded(head, all);
  if (packed.unpack === undefined) throw compressed(packed.format);
  const inside = await peeked(unpacked(all, packed.format, packed.unpack));
  const again = PACKED.find((it) => beginsWith(inside.head, it.head));
  if (again !== undefined) throw compressed(`${packed.format}, ${again.format}`);
  yield* decoded(inside.head, inside.all);
}

async function* decoded(head: Uint8Array, bytes: Bytes): AsyncGenerator<string> {
  let line = 1;
  const unreadable = (cause?: unknown) => invalid(line, reason('text-encoding'), cause);
  if (UTF_32.some((mark) => beginsWith(head, mark))) throw unreadable();
  const encoding = UTF_16.find(({ heads }) => heads.some((it) => beginsWith(head, it)));
  // Strips a byte order mark that agrees with the encoding.
  const decoder = new TextDecoder(encoding?.label ?? 'utf-8', { fatal: true });
  const read = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw unreadable(error);
    }
  };
  for await (const chunk of bytes) {
    const text = read(chunk);
    if (text !== '') yield text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
  }
  const rest = read();
  if (rest !== '') yield rest;
}

async function* unpacked(bytes: Bytes, format: string, make: () => Duplex): AsyncGenerator<Buffer> {
  const source = Readable.from(bytes, { objectMode: false });
  const unpacker = make();
  source.once('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const chunk of unpacker) yield chunk as Buffer;
  } catch (error) {
    const isOfFormat = /^Z/.test(errorCode(error));
    throw isOfFormat ? invalid(1, reason('file-unpacked', { format }), error) : error;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

/** The first bytes, and an iterable of all bytes including those. */
async function peeked(bytes: Bytes): Promise<{ readonly head: Uint8Array; readonly all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const head = Buffer.concat(first);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}

function beginsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function compressed(format: string): ProblemError {
  return invalid(1, reason('file-compressed', { format }));
}

function invalid(line: number, why: ReasonParams, cause?: unknown): ProblemError {
  return new ProblemError(problem('import-invalid', { ...why, line }), { cause });
}
