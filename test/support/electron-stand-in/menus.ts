import { report } from './control.ts';

interface MenuItem {
  readonly role?: string;
  readonly label?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItem[];
}

/** A menu that was built from a template. */
export interface BuiltMenu {
  readonly items: readonly MenuItem[];
  readonly popup: () => void;
}

/** What Chromium's editor is told when a role is chosen; other roles are Electron's own to play. */
const EDITOR_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['undo', 'Undo'],
  ['redo', 'Redo'],
  ['cut', 'Cut'],
  ['copy', 'Copy'],
  ['paste', 'Paste'],
  ['selectAll', 'SelectAll'],
]);

const SHOWN_ROLES = ['resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'reload', 'help'];
const MORE_ROLES = ['toggleDevTools', 'close', 'quit', 'pasteAndMatchStyle'];
const MAC_ROLES = ['about', 'services', 'hide', 'hideOthers', 'unhide', 'window', 'minimize'];
const ROLES = new Set([...EDITOR_COMMANDS.keys(), ...SHOWN_ROLES, ...MORE_ROLES, ...MAC_ROLES]);

const ACCELERATOR = /^(?:(?:CmdOrCtrl|Alt|Shift)\+)*(?:[A-Z0-9,./]|F\d+)$/;

function checkMenu(items: readonly MenuItem[]): void {
  for (const { role, label, submenu, type, accelerator } of items) {
    if (type === 'separator') continue;
    if (role === undefined && label === undefined) throw new Error('A menu item needs a name.');
    if (role !== undefined && !ROLES.has(role)) {
      throw new Error(`The Electron stand-in has no menu role ${role}.`);
    }
    if (accelerator !== undefined && !ACCELERATOR.test(accelerator)) {
      throw new Error(`The Electron stand-in does not know the keys ${accelerator}.`);
    }
    checkMenu(submenu ?? []);
  }
}

let bar: BuiltMenu | null = null;
let poppedUp: BuiltMenu | null = null;

/** Electron's `Menu`: checked, not shown; a test chooses by the words in it. */
export const menu = {
  buildFromTemplate(items: readonly MenuItem[]): BuiltMenu {
    checkMenu(items);
    const built: BuiltMenu = {
      items,
      popup: () => {
        poppedUp = built;
        report({ type: 'context-menu', items: items.map(shown) });
      },
    };
    return built;
  },
  setApplicationMenu(built: BuiltMenu | null): void {
    bar = built;
    report({ type: 'menu', labels: (built?.items ?? []).map(({ label = '' }) => label) });
  },
};

function shown({ label, type, enabled = true }: MenuItem): string {
  if (type === 'separator') return '-';
  return enabled ? (label ?? '') : `(${label})`;
}

/**
 * The user chooses an item of the menu bar, by its menu's word and its own. Answers with what
 * Chromium's editor is to do; null when the item was the app's own affair.
 */
export function chooseInBar([top, label]: readonly string[]): string | null {
  const items = bar?.items.find((it) => it.label === top)?.submenu ?? [];
  return choose(items, label);
}

/** The same for the context menu that is open. */
export function chooseInContextMenu(label: string): string | null {
  const items = poppedUp?.items ?? [];
  poppedUp = null;
  return choose(items, label);
}

function choose(items: readonly MenuItem[], label: string | undefined): string | null {
  const item = items.find((it) => it.label === label);
  if (item === undefined || item.enabled === false) throw new Error(`${label} cannot be chosen.`);
  if (item.role === undefined) {
    item.click?.();
    return null;
  }
  const command = EDITOR_COMMANDS.get(item.role);
  if (command === undefined) throw new Error(`The Electron stand-in cannot play ${item.role}.`);
  return command;
}
