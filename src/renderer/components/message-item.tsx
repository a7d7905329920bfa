import { memo } from 'react';
import { canSendAgain, type DeliveryState } from '../../shared/delivery.ts';
import type { Message, MessageId } from '../../shared/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { AlertIcon, CheckIcon, ClockIcon, DoubleCheckIcon, QuestionIcon } from './icons.tsx';
import { ProblemText } from './problem-text.tsx';

/** What can be done to a message. The functions stay the same, so that a message is drawn once. */
export interface MessageActions {
  readonly onSendAgain: (id: MessageId) => void;
  readonly onDelete: (id: MessageId) => void;
}

interface MessageItemProps {
  readonly message: Message;
  readonly authorName: string;
  /** Whether time and state are shown to the eye; a screen reader always gets them. */
  readonly meta: boolean;
  readonly actions: MessageActions;
}

/** One message. The body is text and stays text: nothing in it is ever markup or opened. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { t, format } = useI18n();
  const { message, authorName, meta, actions } = props;
  const { state } = message;
  const stuck = state !== 'received' && canSendAgain(state);
  return (
    <li className={`message message-${message.author} message-${state}`} data-seq={message.seq}>
      <article>
        <span className="visually-hidden">
          <bdi>{authorName}</bdi>:{' '}
        </span>
        <p className="bubble" dir="auto" title={format.exactTime(message.sentAt)}>
          {message.body}
        </p>
        <footer className={meta ? 'meta' : 'visually-hidden'}>
          <time dateTime={new Date(message.sentAt).toISOString()}>
            {format.time(message.sentAt)}
          </time>
          {state !== 'received' && <Delivery state={state} />}
        </footer>
        {stuck && (
          <div className={`trouble trouble-${state}`}>
            {message.problem && <ProblemText problem={message.problem} />}
            <div className="trouble-actions">
              <button
                type="button"
                className="button-secondary"
                onClick={() => actions.onSendAgain(message.id)}
              >
                {t('messages.sendAgain')}
              </button>
              <button
                type="button"
                className="button-secondary"
                onClick={() => actions.onDelete(message.id)}
              >
                {t(state === 'unconfirmed' ? 'messages.forget' : 'messages.delete')}
              </button>
            </div>
          </div>
        )}
      </article>
    </li>
  );
});

const icons: Readonly<Record<DeliveryState, typeof CheckIcon>> = {
  queued: ClockIcon,
  sending: ClockIcon,
  delivered: CheckIcon,
  read: DoubleCheckIcon,
  unconfirmed: QuestionIcon,
  failed: AlertIcon,
};

function Delivery({ state }: { state: DeliveryState }) {
  const { t } = useI18n();
  const StateIcon = icons[state];
  return (
    <span className={`delivery state-${state}`}>
      <StateIcon size={14} />
      <span>{t(`delivery.${state}`)}</span>
    </span>
  );
}
