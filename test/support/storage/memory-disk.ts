import type { IdentityDisk } from '../../../src/core/identity/durable-files.ts';

/** The power went: nothing that came after happened. */
class PowerLoss extends Error {}

/** A disk in memory whose computer loses its power before a step of one's choice. */
export class MemoryDisk {
  readonly files = new Map<string, Uint8Array>();

  /**
   * The disk as one start sees it. `steps` is how many of its steps are carried out; the one after
   * them happens by half, and from then on each fails.
   */
  start(steps: number = Number.POSITIVE_INFINITY): IdentityDisk {
    const { files } = this;
    let left = steps;
    const step = async <T>(whole: () => T, half: () => void = () => {}): Promise<T> => {
      left -= 1;
      if (left >= 0) return whole();
      if (left === -1) half();
      throw new PowerLoss('The power went.');
    };
    return {
      read: (file) => step(() => files.get(file) ?? null),
      makeFolder: () => step(() => {}),
      writeNew: (file, bytes) =>
        step(
          () => {
            if (files.has(file)) throw new Error('EEXIST');
            files.set(file, Uint8Array.from(bytes));
          },
          () => files.set(file, Uint8Array.from(bytes.subarray(0, bytes.length / 2))),
        ),
      rename: (from, to) =>
        step(() => {
          const bytes = files.get(from);
          if (!bytes) throw new Error('ENOENT');
          files.delete(from);
          files.set(to, bytes);
        }),
      syncFolder: () => step(() => {}),
      list: (folder) =>
        step(() =>
          [...files.keys()]
            .filter((file) => file.startsWith(folder))
            .map((file) => file.slice(folder.length + 1)),
        ),
      remove: (file) => step(() => void files.delete(file)),
    };
  }
}
