import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import type { ContactId, SearchHit } from '../../../shared/model/model.ts';
import type { I18n } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { Find } from '../../state/find.ts';
import { useSearch } from '../../state/use-search.ts';
import { useStore } from '../../state/use-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { CloseIcon, DownSmallIcon, SearchIcon, UpIcon } from '../../ui/icons.tsx';
import { useHighlight } from './use-highlight.ts';

/** The search within the conversation on screen. Enter goes to older results, Shift+Enter back. */
export function FindBar({
  contactId,
  asked,
  onClose,
}: {
  contactId: ContactId;
  /** Another number each time the field is wanted. */
  asked: number;
  onClose: () => void;
}) {
  const i18n = useI18n();
  const { t, problem } = i18n;
  const store = useStore();
  const onHit = useCallback(
    ({ message }: SearchHit) => void store.jumpTo(contactId, message.seq, false),
    [store, contactId],
  );
  const { find, ask, step } = useSearch(contactId, onHit);
  useHighlight(find.query, find.hits[find.at]?.message.seq ?? null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Enter' && event.target === field.current) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
  };
  const idle = find.hits.length === 0;
  return (
    <search className="find" onKeyDown={onKeyDown}>
      <SearchIcon size={18} />
      <input
        ref={field}
        type="text"
        aria-label={t('search.here')}
        placeholder={t('search.herePlaceholder')}
        value={find.query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => ask(event.target.value)}
      />
      <span className="find-place" role="status">
        {find.problem ? problem(find.problem).cause : placeText(find, i18n)}
      </span>
      <IconButton label={t('search.older')} aria-disabled={idle} onClick={() => step(1)}>
        <UpIcon size={18} />
      </IconButton>
      <IconButton label={t('search.newer')} aria-disabled={idle} onClick={() => step(-1)}>
        <DownSmallIcon size={18} />
      </IconButton>
      <IconButton label={t('common.close')} onClick={onClose}>
        <CloseIcon size={18} />
      </IconButton>
    </search>
  );
}

function placeText({ phase, hits, at, more }: Find, { t, format }: I18n): string {
  if (phase === 'idle') return '';
  if (phase === 'searching' && hits.length === 0) return t('search.searching');
  if (hits.length === 0) return t('search.none');
  const place = { number: format.number(at + 1), total: format.number(hits.length) };
  return more ? t('search.placeMore', place) : t('search.place', place);
}
