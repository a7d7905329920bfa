import { useEffect } from 'react';
import type { Contact, MessageId } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { AppState } from '../../state/app-state.ts';
import { firstLine, messagesById, quoteKey } from '../../state/quotes.ts';
import { useStore } from '../../state/use-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';

/** Above the message field: which message is being answered, and the way out of it. */
export function ReplyBar({
  state,
  contact,
  id,
}: {
  state: AppState;
  contact: Contact;
  id: MessageId;
}) {
  const { t } = useI18n();
  const store = useStore();
  const loaded = state.threads.get(contact.id)?.messages ?? [];
  /** Null: not here; undefined: not known yet. */
  const quoted = messagesById(loaded).get(id) ?? state.quotes.get(quoteKey(contact.id, id));
  const needed = quoted === undefined;
  useEffect(() => {
    if (needed) void store.lookUp(contact.id, id);
  }, [needed, store, contact.id, id]);
  return (
    <div className="reply-bar">
      <div className="quote">
        {quoted ? (
          <>
            <span className="quote-author">
              {t('talk.replyingTo', {
                name: quoted.author === 'me' ? t('common.you') : contact.name,
              })}
            </span>
            <span className="quote-text" dir="auto">
              {firstLine(quoted.body)}
            </span>
          </>
        ) : (
          <span>{quoted === null ? t('talk.quoteMissing') : '\u00a0'}</span>
        )}
      </div>
      <IconButton label={t('talk.cancelReply')} onClick={() => store.answer(contact.id, null)}>
        <CloseIcon size={18} />
      </IconButton>
    </div>
  );
}
