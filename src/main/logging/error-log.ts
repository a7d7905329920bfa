import { closeSync, constants, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const LOG_FILE = 'log.txt';
/** The previous file: together they never take more than twice `MAX_BYTES`. */
export const OLD_LOG_FILE = 'log-old.txt';

const MAX_BYTES = 256 * 1024;
const MAX_ENTRY = 4_000;
const OWNER_ONLY = 0o600;

export interface ErrorLogOptions {
  /** The profile's folder. */
  readonly folder: string;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly maxBytes?: number;
}

/** Windows has no such flag; creating a link takes an administrator there. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * The log of errors and crashes, one line each. Written synchronously, so that the last line before
 * a crash is there. A failed write is ignored.
 */
export class ErrorLog {
  readonly file: string;
  readonly #options: ErrorLogOptions;
  #size: number | null = null;

  constructor(options: ErrorLogOptions) {
    this.#options = options;
    this.file = join(options.folder, LOG_FILE);
  }

  /** Appends a line. The caller is responsible for its content (log-entry.ts). */
  write(entry: string): void {
    const { now, folder, maxBytes = MAX_BYTES } = this.#options;
    const text = entry.slice(0, MAX_ENTRY).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
    const line = `${new Date(now()).toISOString()} ${text}\n`;
    const bytes = Buffer.byteLength(line);
    try {
      this.#size ??= statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
      if (this.#size > 0 && this.#size + bytes > maxBytes) {
        renameSync(this.file, join(folder, OLD_LOG_FILE));
        this.#size = 0;
      }
      // Does not follow a link that another user may have put there.
      const flag = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | NO_LINK;
      const handle = openSync(this.file, flag, OWNER_ONLY);
      try {
        writeSync(handle, line);
      } finally {
        closeSync(handle);
      }
      this.#size += bytes;
    } catch {
      // Measured again with the next line: the disk may be back by then.
      this.#size = null;
    }
  }
}
