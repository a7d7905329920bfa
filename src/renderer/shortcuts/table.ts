import type { KeyUnder } from '../i18n/catalog.ts';

/** One combination of keys. `mod` is Control, and Command on a Mac. */
export interface KeyCombination {
  /** As in `KeyboardEvent.key`, letters in lower case. */
  readonly key: string;
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

export interface Shortcut {
  /** Any of these. Browsers reserve some (Control+N), so there may be a second one. */
  readonly keys: readonly [KeyCombination, ...KeyCombination[]];
  readonly label: KeyUnder<'keys.'>;
}

/** The window's shortcuts, in the order of the shortcut sheet. The only table there is. */
export const SHORTCUTS = {
  newChat: {
    keys: [
      { mod: true, key: 'n' },
      { alt: true, key: 'n' },
    ],
    label: 'keys.newChat',
  },
  switch: { keys: [{ mod: true, key: 'k' }], label: 'keys.switch' },
  find: { keys: [{ mod: true, key: 'f' }], label: 'keys.find' },
  previous: {
    keys: [
      { alt: true, key: 'ArrowUp' },
      { mod: true, alt: true, key: 'ArrowUp' },
    ],
    label: 'keys.previous',
  },
  next: {
    keys: [
      { alt: true, key: 'ArrowDown' },
      { mod: true, alt: true, key: 'ArrowDown' },
    ],
    label: 'keys.next',
  },
  settings: { keys: [{ mod: true, key: ',' }], label: 'keys.settings' },
  sheet: { keys: [{ mod: true, key: '/' }], label: 'keys.sheet' },
  leave: { keys: [{ key: 'Escape' }], label: 'keys.leave' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof SHORTCUTS;

export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as readonly ShortcutId[];

/** Keys handled by parts of the window, for the sheet only. */
export const LOCAL_KEYS = [
  {
    title: 'keys.groupList',
    rows: [
      { keys: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }], label: 'keys.move' },
      { keys: [{ key: 'Home' }, { key: 'End' }], label: 'keys.ends' },
    ],
  },
  {
    title: 'keys.groupMessages',
    rows: [{ keys: [{ key: 'Enter' }], label: 'keys.messageMenu' }],
  },
  {
    title: 'keys.groupFind',
    rows: [
      { keys: [{ key: 'Enter' }], label: 'keys.searchNext' },
      { keys: [{ shift: true, key: 'Enter' }], label: 'keys.searchPrevious' },
    ],
  },
  {
    title: 'keys.groupWriting',
    rows: [
      { keys: [{ key: 'Enter' }], label: 'keys.send' },
      { keys: [{ shift: true, key: 'Enter' }], label: 'keys.newLine' },
    ],
  },
] as const satisfies readonly { title: KeyUnder<'keys.'>; rows: readonly Shortcut[] }[];

/** The relevant part of a `KeyboardEvent`. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

/** The shortcut of `press`, or null. `typing`: a text field has the focus. */
export function shortcutOf(press: KeyPress, mac: boolean, typing = false): ShortcutId | null {
  if (typing && isTyped(press, mac)) return null;
  return (
    SHORTCUT_IDS.find((id) => SHORTCUTS[id].keys.some((it) => matches(press, it, mac))) ?? null
  );
}

/**
 * Whether a key with Alt alone belongs to the text: on a Mac, Option types characters (Option+N is
 * ń in Polish) and moves by paragraphs; elsewhere it may type a character that is not on the
 * keyboard.
 */
function isTyped({ key, altKey, ctrlKey, metaKey }: KeyPress, mac: boolean): boolean {
  if (!altKey || ctrlKey || metaKey) return false;
  return mac || (key.length === 1 && /[^\0-\x7f]/.test(key));
}

function matches(press: KeyPress, wanted: KeyCombination, mac: boolean): boolean {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other || mod !== (wanted.mod ?? false) || press.altKey !== (wanted.alt ?? false)) {
    return false;
  }
  // On some keyboards a character needs Shift: the character counts.
  const letter = /^[a-z]$/.test(wanted.key);
  if ((letter || wanted.key.length > 1) && press.shiftKey !== (wanted.shift ?? false)) return false;
  if (press.key.toLowerCase() === wanted.key.toLowerCase()) return true;
  // Keyboards for other scripts, and Option on a Mac, give another character for the same key.
  return letter && /[^\0-\x7f]/.test(press.key) && press.code === `Key${wanted.key.toUpperCase()}`;
}
