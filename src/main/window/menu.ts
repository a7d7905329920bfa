import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopAction, DesktopTexts } from '../../shared/bridge/desktop-bridge.ts';

type Item = MenuItemConstructorOptions;

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Without reloading and developer tools, which are for development. */
  readonly isPackaged: boolean;
  readonly texts: DesktopTexts;
  readonly perform: (action: DesktopAction) => void;
  readonly openLog: () => void;
  /** The project's page; null when the build names none. */
  readonly website: string | null;
  readonly openWebsite: () => void;
}

const SEPARATOR: Item = { type: 'separator' };

/** The menu bar by each system's conventions, with items that open our own dialogs. */
export function menuTemplate(options: MenuOptions): Item[] {
  const { platform, texts } = options;
  const mac = platform === 'darwin';
  return [
    ...(mac ? [appMenu(options)] : []),
    fileMenu(options, mac),
    editMenu(options, mac),
    viewMenu(options),
    ...(mac ? [windowMenu(texts)] : []),
    helpMenu(options, mac),
  ];
}

function appMenu({ texts, perform }: MenuOptions): Item {
  return {
    label: 'Parley',
    submenu: [
      { role: 'about', label: texts.about },
      SEPARATOR,
      settings(texts, perform),
      SEPARATOR,
      { role: 'services', label: texts.services },
      SEPARATOR,
      { role: 'hide', label: texts.hide },
      { role: 'hideOthers', label: texts.hideOthers },
      { role: 'unhide', label: texts.showAll },
      SEPARATOR,
      { role: 'quit', label: texts.quit },
    ],
  };
}

function fileMenu({ texts, perform }: MenuOptions, mac: boolean): Item {
  const newChat = own(texts.newChat, 'CmdOrCtrl+N', () => perform({ type: 'new-chat' }));
  const close: Item = { role: 'close', label: texts.close };
  const rest: Item[] = mac
    ? [close]
    : [settings(texts, perform), SEPARATOR, close, { role: 'quit', label: texts.quit }];
  return { label: texts.file, submenu: [newChat, SEPARATOR, ...rest] };
}

function editMenu({ texts, perform }: MenuOptions, mac: boolean): Item {
  return {
    label: texts.edit,
    submenu: [
      { role: 'undo', label: texts.undo },
      { role: 'redo', label: texts.redo },
      SEPARATOR,
      { role: 'cut', label: texts.cut },
      { role: 'copy', label: texts.copy },
      { role: 'paste', label: texts.paste },
      ...(mac ? [{ role: 'pasteAndMatchStyle', label: texts.pastePlain } as const] : []),
      { role: 'selectAll', label: texts.selectAll },
      SEPARATOR,
      own(texts.find, 'CmdOrCtrl+F', () => perform({ type: 'find' })),
    ],
  };
}

function viewMenu({ texts, isPackaged }: MenuOptions): Item {
  const building: Item[] = isPackaged
    ? []
    : [{ role: 'reload', label: texts.reload }, { role: 'toggleDevTools' }, SEPARATOR];
  return {
    label: texts.view,
    submenu: [
      ...building,
      { role: 'resetZoom', label: texts.zoomReset },
      { role: 'zoomIn', label: texts.zoomIn },
      { role: 'zoomOut', label: texts.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: texts.fullScreen },
    ],
  };
}

// Its role has macOS list the windows in it.
function windowMenu(texts: DesktopTexts): Item {
  return {
    role: 'window',
    label: texts.window,
    submenu: [
      { role: 'minimize', label: texts.minimize },
      { role: 'close', label: texts.close },
    ],
  };
}

function helpMenu(options: MenuOptions, mac: boolean): Item {
  const { texts, perform, openLog, website, openWebsite } = options;
  const about: Item[] = mac
    ? []
    : [SEPARATOR, { label: texts.about, click: () => perform({ type: 'about' }) }];
  return {
    role: 'help',
    label: texts.help,
    submenu: [
      own(texts.shortcuts, 'CmdOrCtrl+/', () => perform({ type: 'shortcuts' })),
      // An address needs no translation.
      ...(website === null ? [] : [{ label: plainAddress(website), click: openWebsite }]),
      { label: texts.openLog, click: openLog },
      ...about,
    ],
  };
}

function settings(texts: DesktopTexts, perform: MenuOptions['perform']): Item {
  return own(texts.settings, 'CmdOrCtrl+,', () => perform({ type: 'settings' }));
}

/**
 * An item of ours. The page listens for the same keys (shortcuts/table.ts) and gets them first; a
 * key that it handles does not arrive here.
 */
function own(label: string, accelerator: string, click: () => void): Item {
  return { label, accelerator, click };
}

function plainAddress(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
