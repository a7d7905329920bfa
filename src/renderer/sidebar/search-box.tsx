import { type KeyboardEvent, useRef } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useShortcut } from '../shortcuts/shortcut-hub.ts';
import type { Search } from '../state/use-search.ts';
import { IconButton } from '../ui/button.tsx';
import { CloseIcon, SearchIcon } from '../ui/icons.tsx';

/** The field that finds people and messages. Arrow down leads into what it found. */
export function SearchBox({
  search: { find, ask },
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onEnter();
    if (event.key === 'Escape' && find.query !== '') {
      event.preventDefault();
      ask('');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      const list = field.current?.closest('.sidebar')?.querySelector('.results, .conversations');
      list?.querySelector<HTMLElement>('button')?.focus();
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
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {find.query !== '' && (
        <IconButton
          label={t('search.clear')}
          onClick={() => {
            ask('');
            field.current?.focus();
          }}
        >
          <CloseIcon size={18} />
        </IconButton>
      )}
    </search>
  );
}
