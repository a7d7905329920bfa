import type { MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { DesktopTexts } from '../../shared/bridge/desktop-bridge.ts';
import type { Emits } from '../base/emits.ts';
import { TRAY_ICON_DATA } from './tray-icon-data.ts';

export type TrayImage = Pick<NativeImage, 'addRepresentation' | 'setTemplateImage'>;

/** Electron's `Tray`, with any kind of images and menus. */
type NativeTray<Image, Menu> = Pick<Tray, 'setToolTip' | 'destroy'> &
  Emits<{ click: [] }> & { setImage(image: Image): void; setContextMenu(menu: Menu): void };

export interface TrayDeps<Image extends TrayImage, Menu> {
  readonly platform: NodeJS.Platform;
  readonly emptyImage: () => Image;
  /** The scale of the display with the tray, as it is now. */
  readonly scaleFactor: () => number;
  readonly buildMenu: (items: MenuItemConstructorOptions[]) => Menu;
  readonly create: (image: Image) => NativeTray<Image, Menu>;
  readonly presentWindow: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

/** The state that the tray shows. */
export interface TrayView {
  readonly unread: number;
  readonly paused: boolean;
  readonly texts: DesktopTexts;
}

/** The app's icon in the system's tray: whether there are unread messages, and a menu. */
export class TrayIcon<Image extends TrayImage, Menu> {
  readonly #deps: TrayDeps<Image, Menu>;
  readonly #tray: NativeTray<Image, Menu>;
  #plain: Image;
  #unread: Image;
  #view: TrayView;

  constructor(deps: TrayDeps<Image, Menu>, view: TrayView) {
    this.#deps = deps;
    this.#plain = icon(deps, false);
    this.#unread = icon(deps, true);
    this.#tray = deps.create(view.unread > 0 ? this.#unread : this.#plain);
    // macOS opens the menu with a click, as for all icons there; Windows with the other button.
    if (deps.platform !== 'darwin') this.#tray.on('click', deps.presentWindow);
    this.#view = view;
    this.#showTip();
    this.#showMenu();
  }

  /** Shows another view; what has not changed is left alone. */
  show(view: TrayView): void {
    const before = this.#view;
    this.#view = view;
    if (view.unread > 0 !== before.unread > 0) {
      this.#tray.setImage(view.unread > 0 ? this.#unread : this.#plain);
    }
    if (view.unread !== before.unread || view.texts !== before.texts) this.#showTip();
    if (view.paused !== before.paused || view.texts !== before.texts) this.#showMenu();
  }

  /** Call when displays have changed: another scale needs another image. */
  redraw(): void {
    this.#plain = icon(this.#deps, false);
    this.#unread = icon(this.#deps, true);
    this.#tray.setImage(this.#view.unread > 0 ? this.#unread : this.#plain);
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #showTip(): void {
    const { unread, texts } = this.#view;
    this.#tray.setToolTip(unread > 0 ? `Parley\n${texts.unread}: ${unread}` : 'Parley');
  }

  /** A new menu each time: on Linux changes to the old one are not shown. */
  #showMenu(): void {
    const { buildMenu, presentWindow, setPaused, quit } = this.#deps;
    const { paused, texts } = this.#view;
    const menu = buildMenu([
      { label: label(texts.showParley), click: presentWindow },
      { label: label(paused ? texts.resume : texts.pause), click: () => setPaused(!paused) },
      { type: 'separator' },
      { label: label(texts.quit), click: quit },
    ]);
    this.#tray.setContextMenu(menu);
  }
}

/** In a menu, `&` marks an access key; here it is a character. */
function label(text: string): string {
  return text.replaceAll('&', '&&');
}

/** The edge of macOS's own icons at scale 1; it selects the image for each display's scale. */
const MAC_EDGE = 18;
/** The edge of Windows' own icons at scale 1. */
const WINDOWS_EDGE = 16;
/** Trays on Linux have many sizes and scale down better than up. */
const LINUX_EDGE = 48;

/**
 * Only macOS accepts images for several scales: Windows and Linux use the one for scale 1
 * (`electron_api_native_image.cc`, `status_icon_linux_dbus.cc`), so that has to be the right one.
 */
function icon<Image extends TrayImage>(
  deps: Pick<TrayDeps<Image, unknown>, 'platform' | 'emptyImage' | 'scaleFactor'>,
  unread: boolean,
): Image {
  const mac = deps.platform === 'darwin';
  const drawn: Readonly<Record<number, string>> = mac
    ? TRAY_ICON_DATA[unread ? 'templateUnread' : 'template']
    : TRAY_ICON_DATA[unread ? 'unread' : 'plain'];
  const sizes = Object.keys(drawn).map(Number);
  const image = deps.emptyImage();
  const add = (size: number, scaleFactor: number): void =>
    image.addRepresentation({ scaleFactor, dataURL: `data:image/png;base64,${drawn[size]}` });
  if (mac) {
    for (const size of sizes) add(size, size / MAC_EDGE);
  } else {
    const wanted =
      deps.platform === 'win32' ? Math.round(WINDOWS_EDGE * deps.scaleFactor()) : LINUX_EDGE;
    add(sizes.find((size) => size >= wanted) ?? Math.max(...sizes), 1);
  }
  image.setTemplateImage(mac);
  return image;
}
