import { type MouseEvent, memo, useId } from 'react';
import { canSendAgain } from '../../../shared/model/delivery.ts';
import type { Message } from '../../../shared/model/model.ts';
import { isoTime } from '../../i18n/days.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { MessageRow } from '../../state/timeline.ts';
import { useStore } from '../../state/use-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { MoreIcon } from '../../ui/icons.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useAct } from '../../ui/use-notice.ts';
import { BodyText } from './body-text.tsx';
import { Delivery } from './delivery.tsx';
import { Quote } from './quote.tsx';

/** What can be done to a message. The functions stay the same, so that a message is drawn once. */
export interface MessageActions {
  readonly onDelete: (message: Message) => void;
  readonly onReply: (message: Message) => void;
  readonly onCopy: (message: Message) => void;
  readonly onLink: (url: string) => void;
  /** Opens the menu of a message beside `anchor`. */
  readonly onMenu: (message: Message, anchor: HTMLElement) => void;
}

interface MessageItemProps {
  readonly row: MessageRow;
  readonly authorName: string;
  readonly quoted: Message | null | undefined;
  readonly quotedName: string;
  /** Whether Tab comes here; the arrow keys move on from it. */
  readonly active: boolean;
  /** Whether somebody just jumped here. */
  readonly found: boolean;
  readonly actions: MessageActions;
}

/** One message. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { t, format } = useI18n();
  const store = useStore();
  const act = useAct();
  const { row, authorName, quoted, quotedName, active, found, actions } = props;
  const { message } = row;
  const { state } = message;
  const id = useId();
  const stuck = state !== 'received' && canSendAgain(state);
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    // A link, and text that is selected, keep the browser's own menu.
    const inLink = event.target instanceof Element && event.target.closest('a') !== null;
    if (inLink || !(document.getSelection()?.isCollapsed ?? true)) return;
    event.preventDefault();
    actions.onMenu(message, event.currentTarget);
  };
  return (
    <article
      className={`message message-${message.author} message-${state}`}
      data-seq={message.seq}
      data-opens={row.opens}
      data-closes={row.closes}
      data-found={found}
      aria-labelledby={`${id}-author ${id}-body ${id}-meta`}
      onContextMenu={onContextMenu}
      {...stop(active)}
    >
      <span className="visually-hidden" id={`${id}-author`}>
        <bdi>{authorName}</bdi>:{' '}
      </span>
      {message.replyTo !== null && (
        <Quote of={message} id={message.replyTo} quoted={quoted} authorName={quotedName} />
      )}
      <div className="message-line">
        <p className="bubble" id={`${id}-body`} dir="auto">
          <BodyText body={message.body} onLink={actions.onLink} />
        </p>
        <IconButton
          label={t('talk.actions')}
          className="message-more"
          aria-haspopup="menu"
          {...stop(active)}
          onClick={(event) => actions.onMenu(message, event.currentTarget)}
        >
          <MoreIcon size={18} />
        </IconButton>
      </div>
      <footer className={row.meta ? 'meta' : 'visually-hidden meta-inside'} id={`${id}-meta`}>
        <time dateTime={isoTime(message.sentAt)} data-tip={format.exactTime(message.sentAt)}>
          {format.time(message.sentAt)}
        </time>
        {state !== 'received' && <Delivery state={state} />}
      </footer>
      {stuck && (
        <div className={`trouble trouble-${state}`}>
          {message.problem && <ProblemText problem={message.problem} />}
          <div className="trouble-actions">
            <Button onClick={() => act(store.sendAgain(message))}>{t('messages.sendAgain')}</Button>
            <Button onClick={() => actions.onDelete(message)}>
              {t(state === 'unconfirmed' ? 'messages.forget' : 'messages.delete')}
            </Button>
          </div>
        </div>
      )}
    </article>
  );
});

/** One stop for Tab in all of the messages; the others are reached from it. */
function stop(active: boolean) {
  return { tabIndex: active ? 0 : -1 };
}
