import { describe, expect, test, vi } from 'vitest';
import {
  type ContextParams,
  contextTemplate,
  type MenuContents,
  offerContextMenu,
} from '../../../../src/main/window/context-menu.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';

const NOTHING: ContextParams = {
  linkURL: '',
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  editFlags: { canCut: false, canCopy: false, canPaste: false, canSelectAll: false },
};

function harness(params: Partial<ContextParams>) {
  const actions = { copy: vi.fn(), replaceMisspelling: vi.fn(), addToDictionary: vi.fn() };
  const items = contextTemplate({ ...NOTHING, ...params }, ENGLISH_DESKTOP_TEXTS, actions);
  const click = (label: string): void => {
    const item = items.find((it) => it.label === label);
    if (!item?.click) throw new Error(`Nothing happens on ${label}.`);
    (item.click as () => void)();
  };
  return { items, click, actions, labels: items.map((it) => it.label ?? it.type) };
}

describe('the context menu', () => {
  test('is empty on the background', () => {
    expect(harness({}).items).toEqual([]);
  });

  test('offers in a text field what can be done there', () => {
    const editFlags = { canCut: false, canCopy: false, canPaste: true, canSelectAll: true };
    const { items } = harness({ isEditable: true, editFlags });
    const able = items.flatMap(({ role, enabled }) => (role && enabled ? [role] : []));
    expect(able).toEqual(['paste', 'selectAll']);
    expect(items.filter((it) => it.role).map((it) => it.label)).toEqual([
      'Cut',
      'Copy',
      'Paste',
      'Select all',
    ]);
  });

  test('copies selected text', () => {
    const editFlags = { ...NOTHING.editFlags, canCopy: true };
    expect(harness({ selectionText: 'hello', editFlags }).items).toEqual([
      { role: 'copy', label: 'Copy', enabled: true },
    ]);
  });

  test('copies the address of a link, by the rule for opening one', () => {
    const { click, actions } = harness({ linkURL: 'https://example.org/a' });
    click('Copy link');
    expect(actions.copy).toHaveBeenCalledWith('https://example.org/a');
    for (const linkURL of ['javascript:alert(1)', 'file:///etc/passwd', 'https://a:b@c.example']) {
      expect(harness({ linkURL }).items).toEqual([]);
    }
  });

  test('offers corrections for a misspelt word, and to add it', () => {
    const { labels, click, actions } = harness({
      isEditable: true,
      misspelledWord: 'helo',
      dictionarySuggestions: ['hello', 'help'],
    });
    expect(labels.slice(0, 5)).toEqual([
      'hello',
      'help',
      'separator',
      'Add to dictionary',
      'separator',
    ]);
    click('help');
    click('Add to dictionary');
    expect(actions.replaceMisspelling).toHaveBeenCalledWith('help');
    expect(actions.addToDictionary).toHaveBeenCalledWith('helo');
  });

  test('is on every page of the app, in the current language', () => {
    const onCreated: ((event: unknown, contents: MenuContents) => void)[] = [];
    const onMenu: ((event: unknown, params: ContextParams) => void)[] = [];
    const popUp = vi.fn();
    let texts = ENGLISH_DESKTOP_TEXTS;
    offerContextMenu({
      app: { on: (_event, listener) => onCreated.push(listener) },
      texts: () => texts,
      copy: vi.fn(),
      popUp,
    });
    onCreated[0]?.(null, {
      on: (_event, listener) => onMenu.push(listener),
      replaceMisspelling: vi.fn(),
      session: { addWordToSpellCheckerDictionary: vi.fn() },
    });
    onMenu[0]?.(null, NOTHING);
    expect(popUp).not.toHaveBeenCalled();
    texts = { ...texts, copy: 'Kopieren' };
    onMenu[0]?.(null, { ...NOTHING, selectionText: 'x' });
    expect(popUp.mock.calls[0]?.[0]).toMatchObject([{ label: 'Kopieren' }]);
  });
});
