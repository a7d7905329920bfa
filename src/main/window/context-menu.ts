import type {
  ContextMenuParams,
  EditFlags,
  MenuItemConstructorOptions,
  Session,
  WebContents,
} from 'electron';
import { externalLink } from '../../shared/address/external-link.ts';
import type { DesktopTexts } from '../../shared/bridge/desktop-bridge.ts';
import type { Emits } from '../base/emits.ts';

type Clicked =
  | 'linkURL'
  | 'isEditable'
  | 'selectionText'
  | 'misspelledWord'
  | 'dictionarySuggestions';

/** The target of the click, and the operations available on it. */
export type ContextParams = Pick<ContextMenuParams, Clicked> & {
  readonly editFlags: Pick<EditFlags, 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'>;
};

/** The actions of the items. */
export interface ContextActions {
  readonly copy: (text: string) => void;
  readonly replaceMisspelling: (word: string) => void;
  readonly addToDictionary: (word: string) => void;
}

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };

/** The items of the context menu: none where there is nothing to do. */
export function contextTemplate(
  params: ContextParams,
  texts: DesktopTexts,
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
  texts: DesktopTexts,
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
function link({ linkURL }: ContextParams, texts: DesktopTexts, { copy }: ContextActions): Item[] {
  const url = externalLink(linkURL);
  return url === null ? [] : [{ label: texts.copyLink, click: () => copy(url.href) }];
}

function edit(
  { isEditable, selectionText, editFlags }: ContextParams,
  texts: DesktopTexts,
): Item[] {
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

export type MenuContents = Pick<WebContents, 'replaceMisspelling'> &
  Emits<{ 'context-menu': [event: unknown, params: ContextParams] }> & {
    readonly session: Pick<Session, 'addWordToSpellCheckerDictionary'>;
  };

export interface ContextMenuDeps {
  readonly app: Emits<{ 'web-contents-created': [event: unknown, contents: MenuContents] }>;
  readonly texts: () => DesktopTexts;
  readonly copy: (text: string) => void;
  /** Shows a menu at the pointer. */
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
