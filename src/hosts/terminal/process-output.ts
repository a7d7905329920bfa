import { closeSync, fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';

/**
 * The process's output on descriptor `fd`. Node's own stream for files takes a partial write on a
 * full disk for a complete one, so files (and devices) are written here.
 */
export function processOutput(fd: 1 | 2, own: Writable) {
  const kind = kindOf(fd);
  const stream = kind === 'stream' ? own : fileStream(fd);
  let first: Error | null = null;
  stream.on('error', (error) => {
    first ??= error;
  });
  return {
    stream,
    /** The first write error; null while all output was written. */
    error: () => first,
    /** Resolves when all output is flushed, or is known to be lost. Nothing can be written after it. */
    finish: async () => {
      await new Promise<void>((resolve) => {
        stream.write('', () => resolve());
      });
      if (kind !== 'file') return;
      try {
        // Some file systems report a full disk only now.
        closeSync(fd);
      } catch (error) {
        if (error instanceof Error) first ??= error;
      }
    },
  };
}

function kindOf(fd: number): 'file' | 'device' | 'stream' {
  try {
    const stat = fstatSync(fd);
    if (stat.isFile()) return 'file';
    return stat.isCharacterDevice() && !isatty(fd) ? 'device' : 'stream';
  } catch {
    // Closed by the parent process: Node substitutes it.
    return 'stream';
  }
}

/** Writes each chunk completely or fails. */
function fileStream(fd: number): Writable {
  return new Writable({
    decodeStrings: true,
    write: (chunk: Buffer, _encoding, done) => {
      try {
        for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error('The output could not be written.'));
      }
    },
  });
}
