import { report } from './control.ts';

interface MenuItem {
  readonly role?: string;
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
}

const ROLES = new Set(['appMenu', 'fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'quit']);

function checkMenu(items: readonly MenuItem[]): void {
  for (const { role, label, submenu } of items) {
    if (role === undefined && label === undefined) throw new Error('A menu item needs a name.');
    if (role !== undefined && !ROLES.has(role)) {
      throw new Error(`The Electron stand-in has no menu role ${role}.`);
    }
    checkMenu(submenu ?? []);
  }
}

/** Electron's `Menu`: checked, not shown. */
export const menu = {
  buildFromTemplate(items: readonly MenuItem[]): { readonly items: readonly MenuItem[] } {
    checkMenu(items);
    return { items };
  },
  setApplicationMenu(_menu: object | null): void {},
};

/** Electron's `dialog`: what would be shown is told to the test. */
export const dialog = {
  showErrorBox(title: string, content: string): void {
    report({ type: 'error-box', title, content });
  },
};

/** Electron's `clipboard`: the test sees what would be on it. */
export const clipboard = {
  writeText(text: string): void {
    report({ type: 'clipboard', text });
  },
};

export const nativeTheme = { shouldUseDarkColors: process.env['STAND_IN_DARK'] === '1' };
