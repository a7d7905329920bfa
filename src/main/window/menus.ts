import { app, clipboard, Menu, shell } from 'electron';
import type { ShellTexts } from '../../shared/bridge/shell-bridge.ts';
import { ENGLISH_SHELL_TEXTS } from '../../shared/bridge/shell-texts.ts';
import { offerContextMenu } from './context-menu.ts';
import { type MenuOptions, menuTemplate } from './menu.ts';

type Given = Pick<MenuOptions, 'platform' | 'website' | 'perform' | 'openLog'>;

export interface MenusDeps extends Given {
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Gives the app its menu bar, and every page a context menu. Call it when Electron is ready and
 * before the first window. The returned function changes their language.
 */
export function enableMenus({ onUnexpected, ...given }: MenusDeps): (texts: ShellTexts) => void {
  const { website } = given;
  let texts = ENGLISH_SHELL_TEXTS;
  const openWebsite = (): void => {
    if (website !== null) shell.openExternal(website).catch(onUnexpected);
  };
  const setTexts = (next: ShellTexts): void => {
    texts = next;
    const template = menuTemplate({ ...given, isPackaged: app.isPackaged, texts, openWebsite });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  setTexts(texts);
  offerContextMenu({
    app,
    texts: () => texts,
    copy: (text) => void clipboard.writeText(text).catch(onUnexpected),
    popUp: (template) => Menu.buildFromTemplate(template).popup(),
  });
  return setTexts;
}
