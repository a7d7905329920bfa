import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useShortcut } from '../shortcuts/shortcut-hub.ts';
import type { Search } from '../state/use-search.ts';
import { IconButton } from '../ui/button.tsx';
import { CloseIcon, SearchIcon } from '../ui/icons.tsx';

/** Moves the focus from the field to the first of what is listed below it. */
function focusFirst(field: HTMLElement | null): void {
  const list = field?.closest('.sidebar')?.querySelector('.results, .conversations');
  list?.querySelector<HTMLElement>('button')?.focus();
}

/** The field that finds people and messages. Arrow down leads into what it found. */
export function SearchBox({
  search: { find, ask, forget },
  onEnter,
  onHidden,
}: {
  search: Search;
  /** The first result is wanted. */
  onEnter: () => void;
  /** The field is wanted while it is out of view. */
  onHidden: () => void;
}) {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  useShortcut('switch', () => {
    field.current?.select();
    if (field.current?.checkVisibility() !== false) return;
    onHidden();
    // Once it can be seen.
    requestAnimationFrame(() => field.current?.select());
  });
  /** Whether the list is wanted once the answer is there. */
  const into = useRef(false);
  const retype = (query: string) => {
    into.current = false;
    ask(query);
  };
  useEffect(() => {
    if (!into.current || find.phase !== 'done') return;
    into.current = false;
    if (document.activeElement === field.current) focusFirst(field.current);
  }, [find]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onEnter();
    if (event.key === 'Escape' && find.query !== '') {
      event.preventDefault();
      retype('');
    }
    // With Alt it goes to the next conversation.
    if (event.key === 'ArrowDown' && !event.altKey) {
      event.preventDefault();
      // What is listed yet belongs to the text before, and goes away with the answer.
      if (find.phase === 'searching') into.current = true;
      else focusFirst(field.current);
    }
  };
  return (
    <search className="search-box">
      <SearchIcon size={18} />
      <input
        ref={field}
        type="text"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={find.query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => retype(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          into.current = false;
          forget();
        }}
      />
      {find.query !== '' && (
        <IconButton
          label={t('search.clear')}
          onClick={() => {
            retype('');
            field.current?.focus();
          }}
        >
          <CloseIcon size={18} />
        </IconButton>
      )}
    </search>
  );
}
