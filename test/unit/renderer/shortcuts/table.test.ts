import { expect, test } from 'vitest';
import { ShortcutHub } from '../../../../src/renderer/shortcuts/shortcut-hub.ts';
import {
  type KeyPress,
  SHORTCUT_IDS,
  SHORTCUTS,
  shortcutOf,
} from '../../../../src/renderer/shortcuts/table.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test('the modifier is Control, and Command on a Mac', () => {
  expect(shortcutOf(press('k', { ctrlKey: true }), false)).toBe('switch');
  expect(shortcutOf(press('k', { metaKey: true }), false)).toBe(null);
  expect(shortcutOf(press('k', { metaKey: true }), true)).toBe('switch');
  expect(shortcutOf(press('k', { ctrlKey: true }), true)).toBe(null);
});

test('plain typing and other combinations are left alone', () => {
  for (const key of ['k', 'n', ',', '/', 'ArrowUp', 'Enter']) {
    expect(shortcutOf(press(key), false)).toBe(null);
  }
  expect(shortcutOf(press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(null);
  // AltGr is Control and Alt at once.
  expect(shortcutOf(press('k', { ctrlKey: true, altKey: true }), false)).toBe(null);
});

test('shortcuts work on keyboards of other languages', () => {
  // The slash is Shift+7 in German; the key of K gives another letter in Arabic and Russian.
  expect(shortcutOf(press('/', { ctrlKey: true, shiftKey: true, code: 'Digit7' }), false)).toBe(
    'sheet',
  );
  expect(shortcutOf(press('ن', { ctrlKey: true, code: 'KeyK' }), false)).toBe('switch');
  expect(shortcutOf(press('˜', { altKey: true, code: 'KeyN' }), true)).toBe('newChat');
  // On a French keyboard another letter sits where K is elsewhere: what is written counts.
  expect(shortcutOf(press('a', { ctrlKey: true, code: 'KeyK' }), false)).toBe(null);
});

test('no combination means two things', () => {
  const all = SHORTCUT_IDS.flatMap((id) => SHORTCUTS[id].keys.map((it) => JSON.stringify(it)));
  expect(new Set(all).size).toBe(all.length);
});

test('the last handler of a shortcut has it, until it is removed', () => {
  const hub = new ShortcutHub(false);
  const done: string[] = [];
  const leave = press('Escape');
  expect(hub.press(leave)).toBe(false);
  hub.on('leave', () => done.push('window'));
  const off = hub.on('leave', () => done.push('search'));
  expect(hub.press(leave)).toBe(true);
  off();
  hub.press(leave);
  expect(done).toEqual(['search', 'window']);
});

test('Option keys that type or edit text on a Mac are left to the text field', () => {
  const typing = true;
  // Polish ń, and keys that wait for the letter they go on.
  for (const key of ['ń', '˜', 'Dead']) {
    expect(shortcutOf(press(key, { altKey: true, code: 'KeyN' }), true, typing)).toBe(null);
  }
  expect(shortcutOf(press('ArrowUp', { altKey: true }), true, typing)).toBe(null);
  expect(shortcutOf(press('ArrowUp', { altKey: true, metaKey: true }), true, typing)).toBe(
    'previous',
  );
  // Where nothing is typed they mean what the sheet says.
  expect(shortcutOf(press('ArrowUp', { altKey: true }), true)).toBe('previous');
});

test('on other systems Alt shortcuts work in a text field too, unless they type a character', () => {
  const typing = true;
  expect(shortcutOf(press('n', { altKey: true, code: 'KeyN' }), false, typing)).toBe('newChat');
  expect(shortcutOf(press('ArrowDown', { altKey: true }), false, typing)).toBe('next');
  expect(shortcutOf(press('ñ', { altKey: true, code: 'KeyN' }), false, typing)).toBe(null);
});
