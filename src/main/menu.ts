import type { MenuItemConstructorOptions } from 'electron';

/** The standard menu: what people expect of copy, paste, zoom, window and quit, and no more. */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const shared: MenuItemConstructorOptions[] = [
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ];
  return platform === 'darwin'
    ? [{ role: 'appMenu' }, ...shared]
    : [{ label: '&File', submenu: [{ role: 'quit' }] }, ...shared];
}
