import { EventEmitter } from 'node:events';
import type { Bounds } from './control.ts';

/** Electron's `screen`: the displays that the test has set up. Each keeps its lowest 40 pixels. */
export class Screen extends EventEmitter {
  readonly #displays: readonly Bounds[];
  readonly #isReady: () => boolean;

  constructor(displays: readonly Bounds[], isReady: () => boolean) {
    super();
    this.#displays = displays;
    this.#isReady = isReady;
  }

  getAllDisplays() {
    if (!this.#isReady()) throw new Error('The screen cannot be used before app is ready.');
    return this.#displays.map((bounds, id) => ({
      id,
      bounds,
      workArea: { ...bounds, height: bounds.height - 40 },
      scaleFactor: 1,
    }));
  }

  getPrimaryDisplay() {
    const [primary] = this.getAllDisplays();
    if (primary === undefined) throw new Error('There is no display.');
    return primary;
  }
}
