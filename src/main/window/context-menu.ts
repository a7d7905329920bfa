import type { MenuItemConstructorOptions } from 'electron';
import { externalLink } from '../../shared/address/external-link.ts';
import type { ShellTexts } from '../../shared/bridge/shell-bridge.ts';

/** What of Electron's account of a right click is used. */
export interface ContextParams {
  readonly linkURL: string;
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly misspelledWord: string;
  readonly dictionarySuggestions: readonly string[];
  readonly editFlags: {
    readonly canCut: boolean;
    readonly canCopy: boolean;
    readonly canPaste: boolean;
    readonly canSelectAll: boolean;
  };
}

/** What a chosen item does. */
export interface ContextActions {
  readonly copy: (text: string) => void;
  readonly replaceMisspelling: (word: string) => void;
  readonly addToDictionary: (word: string) => void;
}

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };

/** What a right click offers: nothing where there is nothing to do. */
export function contextTemplate(
  params: ContextParams,
  texts: ShellTexts,
  actions: ContextActions,
): Item[] {
  const groups = [
    spelling(params, texts, actions),
    link(params, texts, actions),
    edit(params, texts),
  ];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [SEPARATOR, ...group]));
}

function spelling(
  { misspelledWord, dictionarySuggestions }: ContextParams,
  texts: ShellTexts,
  { replaceMisspelling, addToDictionary }: ContextActions,
): Item[] {
  if (misspelledWord === '') return [];
  const suggestions = dictionarySuggestions.map((word) => ({
    label: word,
    click: () => replaceMisspelling(word),
  }));
  const add = { label: texts.addToDictionary, click: () => addToDictionary(misspelledWord) };
  return suggestions.length === 0 ? [add] : [...suggestions, SEPARATOR, add];
}

// By the same rule as for opening one: an address that we would not open is not worth carrying on.
function link({ linkURL }: ContextParams, texts: ShellTexts, { copy }: ContextActions): Item[] {
  const url = externalLink(linkURL);
  return url === null ? [] : [{ label: texts.copyLink, click: () => copy(url.href) }];
}

function edit({ isEditable, selectionText, editFlags }: ContextParams, texts: ShellTexts): Item[] {
  const copy: Item = { role: 'copy', label: texts.copy, enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: texts.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: texts.paste, enabled: editFlags.canPaste },
    SEPARATOR,
    { role: 'selectAll', label: texts.selectAll, enabled: editFlags.canSelectAll },
  ];
}

/** What of Electron's `webContents` a context menu needs. */
export interface MenuContents {
  on(event: 'context-menu', listener: (event: unknown, params: ContextParams) => void): unknown;
  replaceMisspelling(word: string): void;
  readonly session: { addWordToSpellCheckerDictionary(word: string): unknown };
}

export interface ContextMenuDeps {
  readonly app: {
    on(
      event: 'web-contents-created',
      listener: (event: unknown, contents: MenuContents) => void,
    ): unknown;
  };
  readonly texts: () => ShellTexts;
  readonly copy: (text: string) => void;
  /** Shows a menu where the pointer is. */
  readonly popUp: (template: Item[]) => void;
}

/** Gives every page a context menu. Call it before the first window. */
export function offerContextMenu({ app, texts, copy, popUp }: ContextMenuDeps): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('context-menu', (_event, params) => {
      const template = contextTemplate(params, texts(), {
        copy,
        replaceMisspelling: (word) => contents.replaceMisspelling(word),
        addToDictionary: (word) => contents.session.addWordToSpellCheckerDictionary(word),
      });
      if (template.length > 0) popUp(template);
    });
  });
}
