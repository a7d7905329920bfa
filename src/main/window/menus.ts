import { app, clipboard, Menu, shell } from 'electron';
import type { DesktopTexts } from '../../shared/bridge/desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../shared/bridge/desktop-texts.ts';
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
export function enableMenus({ onUnexpected, ...given }: MenusDeps): (texts: DesktopTexts) => void {
  const { website } = given;
  let texts = ENGLISH_DESKTOP_TEXTS;
  const openWebsite = (): void => {
    if (website !== null) shell.openExternal(website).catch(onUnexpected);
  };
  const setTexts = (next: DesktopTexts): void => {
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
