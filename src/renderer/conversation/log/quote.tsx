import { useEffect } from 'react';
import type { Message, MessageId } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { firstLine } from '../../state/quotes.ts';
import { useStore } from '../../state/use-store.ts';

/** Above a reply: the message that it replies to, and a link to it. */
export function Quote({
  of: { contactId },
  id,
  quoted,
  authorName,
}: {
  of: Message;
  id: MessageId;
  /** Null: missing here; undefined: not known yet. */
  quoted: Message | null | undefined;
  authorName: string;
}) {
  const { t } = useI18n();
  const store = useStore();
  const needed = quoted === undefined;
  useEffect(() => {
    if (needed) void store.lookUp(contactId, id);
  }, [needed, contactId, id, store]);
  if (!quoted) {
    return (
      <p className="quote quote-missing">{quoted === null ? t('talk.quoteMissing') : '\u00a0'}</p>
    );
  }
  const text = firstLine(quoted.body);
  return (
    <button
      type="button"
      className="quote"
      aria-label={t('talk.quoteOf', { name: authorName, text })}
      onClick={() => void store.jumpTo(contactId, quoted.seq)}
    >
      <bdi className="quote-author">{authorName}</bdi>
      <span className="quote-text" dir="auto">
        {text}
      </span>
    </button>
  );
}
