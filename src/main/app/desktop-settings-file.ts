import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeTextFileSync } from '../../core/base/atomic-file.ts';
import { DEFAULT_DESKTOP_SETTINGS } from '../../shared/bridge/desktop-bridge.ts';
import { type Problem, problemOf } from '../../shared/problems/problem.ts';
import { MAX_LAYOUTS } from '../window/window-place.ts';

/** More than the app ever writes; a larger file is not ours. */
const MAX_FILE = 64 * 1024;

const coordinate = z.int().min(-1_000_000).max(1_000_000);
const extent = z.int().min(1).max(1_000_000);
const place = z.object({
  layout: z.string().max(1_000),
  bounds: z.object({ x: coordinate, y: coordinate, width: extent, height: extent }),
  state: z.enum(['normal', 'maximized', 'full-screen']),
});
const { closeToTray, autoUpdate, spellCheck } = DEFAULT_DESKTOP_SETTINGS;

// Each field by itself: an invalid one gets its default.
const schema = z.object({
  closeToTray: z.boolean().catch(closeToTray),
  autoUpdate: z.boolean().catch(autoUpdate),
  spellCheck: z.boolean().catch(spellCheck),
  /** Whether the user has been told that closing the window leaves the app in the tray. */
  toldOfTray: z.boolean().catch(false),
  places: z.array(place).max(MAX_LAYOUTS).readonly().catch([]),
});

/** What the desktop app remembers on this computer. Start at login is not here: the system knows. */
export type DesktopMemory = Readonly<z.infer<typeof schema>>;

/** The file of the desktop app in a profile's folder. */
export const DESKTOP_FILE = 'desktop.json';

/** Keeps what the desktop app remembers in a file that only the user may read. */
export class DesktopFile {
  readonly #file: string;
  readonly #onUnexpected: (error: unknown) => void;
  readonly #onWritten: (problem: Problem | null) => void;
  #memory: DesktopMemory;

  /**
   * @param onWritten called with the problem of a failed write, and with null after a successful
   * one
   */
  constructor(
    file: string,
    onUnexpected: (error: unknown) => void,
    onWritten: (problem: Problem | null) => void = () => {},
  ) {
    this.#file = file;
    this.#onWritten = onWritten;
    this.#onUnexpected = onUnexpected;
    this.#memory = read(file);
  }

  get memory(): DesktopMemory {
    return this.#memory;
  }

  /**
   * Changes the given fields. Written at once, atomically; after a failed write the change still
   * holds for this run. (The file is small and rarely written: no need to be anything but
   * synchronous, which also works while the window is closing.)
   */
  update(change: Partial<DesktopMemory>): void {
    this.#memory = { ...this.#memory, ...change };
    const text = `${JSON.stringify(this.#memory, null, 2)}\n`;
    try {
      writeTextFileSync(this.#file, text);
      this.#onWritten(null);
    } catch (error) {
      this.#onUnexpected(error);
      this.#onWritten(problemOf(error));
    }
  }
}

function read(file: string): DesktopMemory {
  const nothing = schema.parse({});
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length > MAX_FILE) return nothing;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}
