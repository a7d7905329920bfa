import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Virtualizer } from 'virtua';
import type { Contact, Message } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { PageStatus, Target } from '../../state/app-state.ts';
import { messagesById, quoteKey } from '../../state/quotes.ts';
import { MAX_SHOWN, type Thread } from '../../state/threads.ts';
import { type Row, rowAt, rowsOf } from '../../state/timeline.ts';
import { Button } from '../../ui/button.tsx';
import { DownIcon } from '../../ui/icons.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { LogRow } from './log-row.tsx';
import type { MessageActions } from './message-item.tsx';
import { useLogKeys } from './use-log-keys.ts';
import { type ScrollPlace, useLogScroll } from './use-log-scroll.ts';

/** How long a message that was jumped to stays marked. Milliseconds. */
const FOUND_FOR = 2_500;

/** The messages of one conversation, oldest on top; only what is near the view is in the page. */
export function MessageLog(props: {
  readonly contact: Contact;
  readonly thread: Thread;
  readonly status: PageStatus;
  /** Messages that came and were not seen. */
  readonly unread: number;
  /** The first message that had not been read when the conversation was opened. */
  readonly unreadFrom: number | null;
  readonly quotes: ReadonlyMap<string, Message | null>;
  readonly target: Target | null;
  /** Unix milliseconds. */
  readonly now: number;
  readonly start: ScrollPlace | undefined;
  readonly onPlace: (place: ScrollPlace) => void;
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
  /** Too much is loaded; the reader is at this message. */
  readonly onExcess: (seq: number) => void;
  readonly onNewest: () => void;
  readonly onReload: () => void;
  /** Told whether the newest message is in view. */
  readonly onAtEnd: (atEnd: boolean) => void;
  readonly actions: MessageActions;
  /** Shown instead of messages while there are none. */
  readonly empty: ReactNode;
}) {
  const { t } = useI18n();
  const { contact, thread, status, unread, unreadFrom, target, onAtEnd, onExcess } = props;
  const { messages, to } = thread;
  const rows = useMemo(() => rowsOf(thread, unreadFrom), [thread, unreadFrom]);
  const byId = useMemo(() => messagesById(messages), [messages]);
  const log = useLogScroll({ ...props, rows, live: to === null });
  const { atEnd, scroller, list, topSeq } = log;
  const keys = useLogKeys({ rows, scroller, list, target });
  const found = useFound(target);
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  useEffect(() => {
    if (messages.length <= MAX_SHOWN) return;
    // After what came has been laid out: rows are never added and dropped in one go.
    const frame = requestAnimationFrame(() => onExcess(topSeq()));
    return () => cancelAnimationFrame(frame);
  }, [messages, onExcess, topSeq]);
  const nameOf = (author: Message['author']) => (author === 'me' ? t('common.you') : contact.name);
  const draw = (row: Row) => {
    const replyTo = row.kind === 'message' ? row.message.replyTo : null;
    const quoted =
      replyTo === null
        ? null
        : (byId.get(replyTo) ?? props.quotes.get(quoteKey(props.contact.id, replyTo)));
    return (
      <LogRow
        key={row.key}
        row={row}
        now={props.now}
        authorName={row.kind === 'message' ? nameOf(row.message.author) : ''}
        quoted={quoted}
        quotedName={quoted ? nameOf(quoted.author) : ''}
        active={row.kind === 'message' && row.message.seq === keys.active}
        found={row.kind === 'message' && row.message.seq === found}
        actions={props.actions}
      />
    );
  };
  const newer = unread > 0 ? t('messages.newCount', { count: unread }) : t('messages.jump');
  const kept = keys.active === null ? -1 : rowAt(rows, keys.active);
  return (
    <div className="log-frame">
      {/* Live announcements are made apart, one message at a time: see Announcer. */}
      <div
        className="log"
        role="log"
        aria-label={t('messages.label')}
        aria-live="off"
        aria-busy={status.loading}
        ref={scroller}
        onScroll={log.onScroll}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
      >
        <div className="log-content">
          {rows.length === 0 && !status.loading && props.empty}
          {rows.length > 0 && (
            <Virtualizer
              key={log.generation}
              ref={list}
              as="ol"
              item="li"
              data={rows}
              shift={log.shift}
              scrollRef={scroller}
              bufferSize={400}
              keepMounted={kept < 0 ? [] : [kept]}
            >
              {draw}
            </Virtualizer>
          )}
        </div>
      </div>
      {status.loading && <p className="log-busy">{t('common.loading')}</p>}
      {status.problem && (
        <div className="log-problem" role="alert">
          <ProblemText problem={status.problem} />
          <Button onClick={props.onReload}>{t('common.tryAgain')}</Button>
        </div>
      )}
      <Announcer contact={contact} newest={to === null ? messages.at(-1) : undefined} />
      {!atEnd && messages.length > 0 && (
        <button
          type="button"
          className="jump"
          data-tip={newer}
          onClick={() => {
            props.onNewest();
            log.toEnd();
          }}
        >
          <DownIcon size={18} />
          <span className="visually-hidden">{newer}</span>
          {unread > 0 && (
            <span className="jump-count" aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </button>
      )}
    </div>
  );
}

/** The `seq` of the message that was just jumped to. */
function useFound(target: Target | null): number | null {
  const [gone, setGone] = useState<Target | null>(null);
  useEffect(() => {
    if (target === null) return;
    const timer = setTimeout(() => setGone(target), FOUND_FOR);
    return () => clearTimeout(timer);
  }, [target]);
  return target === null || gone === target ? null : target.seq;
}

/** Tells a screen reader of each message that arrives while the conversation is open. */
function Announcer({ contact, newest }: { contact: Contact; newest: Message | undefined }) {
  const { t } = useI18n();
  const [first] = useState(newest?.seq ?? 0);
  const fresh = newest?.author === 'them' && newest.seq > first;
  return (
    <div className="visually-hidden" role="status">
      {fresh && t('messages.announce', { name: contact.name, body: newest.body })}
    </div>
  );
}
