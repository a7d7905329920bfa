import { useEffect } from 'react';
import type { Message, MessageId } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { firstLine } from '../../state/quotes.ts';

/** Above a reply: the message that it replies to, and a link to it. */
export function Quote({
  id,
  quoted,
  authorName,
  onNeeded,
  onJump,
}: {
  id: MessageId;
  /** Null: missing here; undefined: not known yet. */
  quoted: Message | null | undefined;
  authorName: string;
  /** Called once while it is not known. */
  onNeeded: (id: MessageId) => void;
  onJump: (message: Message) => void;
}) {
  const { t } = useI18n();
  const needed = quoted === undefined;
  useEffect(() => {
    if (needed) onNeeded(id);
  }, [needed, id, onNeeded]);
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
      onClick={() => onJump(quoted)}
    >
      <bdi className="quote-author">{authorName}</bdi>
      <span className="quote-text" dir="auto">
        {text}
      </span>
    </button>
  );
}
