import type { Message } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { firstLine } from '../../state/quotes.ts';
import { IconButton } from '../../ui/button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';

/** Above the message field: which message is being answered, and the way out of it. */
export function ReplyBar({
  quoted,
  authorName,
  onCancel,
}: {
  /** Null: not here; undefined: not known yet. */
  quoted: Message | null | undefined;
  authorName: string;
  onCancel: () => void;
}) {
  const { t } = useI18n();
  return (
    <div className="reply-bar">
      <div className="quote">
        {quoted ? (
          <>
            <span className="quote-author">{t('talk.replyingTo', { name: authorName })}</span>
            <span className="quote-text" dir="auto">
              {firstLine(quoted.body)}
            </span>
          </>
        ) : (
          <span>{quoted === null ? t('talk.quoteMissing') : '\u00a0'}</span>
        )}
      </div>
      <IconButton label={t('talk.cancelReply')} onClick={onCancel}>
        <CloseIcon size={18} />
      </IconButton>
    </div>
  );
}
