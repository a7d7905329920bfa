import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { report } from './control.ts';
import { refuseUnknown } from './loud.ts';
import type { BuiltMenu } from './menus.ts';

interface Representation {
  readonly scaleFactor?: number;
  readonly dataURL?: string;
}

const PNG = /^data:image\/png;base64,([A-Za-z0-9+/]+=*)$/;

/** Electron's `NativeImage`, as far as it holds PNGs, one a scale. */
export class NativeImage {
  readonly #byScale = new Map<number, Buffer>();
  #template = false;

  addRepresentation(options: Representation): void {
    refuseUnknown('options of a representation', options, ['scaleFactor', 'dataURL']);
    const { scaleFactor = 1, dataURL = '' } = options;
    const png = Buffer.from(PNG.exec(dataURL)?.[1] ?? '', 'base64');
    if (png.length < 24 || png.readUInt32BE(0) !== 0x89504e47) throw new Error('Not a PNG.');
    this.#byScale.set(scaleFactor, png);
    const edges = [...this.#byScale].map(([scale, bytes]) => bytes.readUInt32BE(16) / scale);
    if (new Set(edges).size > 1) throw new Error('The sizes of an image do not fit its scales.');
  }

  setTemplateImage(on: boolean): void {
    this.#template = on;
  }

  /** What tells one picture from another; fails for an image that would not be seen. */
  get digest(): string {
    const png = this.#byScale.get(1);
    if (png === undefined) throw new Error('The image has nothing to show at scale 1.');
    return createHash('sha256').update(png).update(String(this.#template)).digest('hex');
  }
}

export const nativeImage = {
  createEmpty: () => new NativeImage(),
  createFromDataURL: (dataURL: string): NativeImage => {
    const image = new NativeImage();
    image.addRepresentation({ scaleFactor: 1, dataURL });
    return image;
  },
};

let shown: Tray | null = null;

/** The user clicks on the icon in the tray. */
export function clickTray(): void {
  shown?.emit('click', {});
}

/** The user chooses a line of the menu there. */
export function chooseInTray(label: string): void {
  const item = shown?.menu?.items.find((it) => it.label === label);
  if (item?.click === undefined) throw new Error(`The tray's menu has no ${label}.`);
  item.click();
}

/** Electron's `Tray`: what the user would see is told to the test. */
export class Tray extends EventEmitter {
  menu: BuiltMenu | null = null;
  #image: string;
  #toolTip = '';

  constructor(image: NativeImage) {
    super();
    if (shown !== null) throw new Error('The Electron stand-in has room for one tray icon.');
    this.#image = image.digest;
    shown = this;
    this.#report();
  }

  override on(event: string, listener: (...args: unknown[]) => void): this {
    if (event !== 'click') throw new Error(`The Electron stand-in has no tray event ${event}.`);
    return super.on(event, listener);
  }

  setImage(image: NativeImage): void {
    this.#image = image.digest;
    this.#report();
  }

  setToolTip(text: string): void {
    this.#toolTip = text;
    this.#report();
  }

  setContextMenu(menu: BuiltMenu | null): void {
    this.menu = menu;
    this.#report();
  }

  destroy(): void {
    if (shown === this) shown = null;
    report({ type: 'tray', tray: null });
  }

  #report(): void {
    if (shown !== this) throw new Error('Tray is destroyed');
    const menu = (this.menu?.items ?? []).map((it) => it.label ?? '');
    report({ type: 'tray', tray: { image: this.#image, toolTip: this.#toolTip, menu } });
  }
}
