import { type ReactNode, useEffect, useState } from 'react';
import type { Contact, Message } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { type ScrollPlace, useLogScroll } from '../hooks/use-log-scroll.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { keyOf } from '../state/threads.ts';
import { groupMessages, showsMeta } from '../state/timeline.ts';
import { DownIcon } from './icons.tsx';
import { type MessageActions, MessageItem } from './message-item.tsx';
import { ProblemText } from './problem-text.tsx';

/** The messages of one conversation, oldest on top, with older ones read as one scrolls up. */
export function MessageLog(props: {
  readonly contact: Contact;
  readonly messages: readonly Message[];
  /** Whether older ones exist. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** Unix milliseconds. */
  readonly now: number;
  readonly start: ScrollPlace | undefined;
  readonly onPlace: (place: ScrollPlace) => void;
  readonly onNearStart: () => void;
  readonly onReload: () => void;
  /** Told whether the newest message is in view. */
  readonly onAtEnd: (atEnd: boolean) => void;
  readonly actions: MessageActions;
  /** Shown instead of messages while there are none. */
  readonly empty: ReactNode;
}) {
  const { t, format } = useI18n();
  const { contact, messages, more, loading, problem, now, onAtEnd } = props;
  const log = useLogScroll(props);
  const { atEnd } = log;
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  const missed = useMissed(messages, atEnd);
  return (
    <div className="log-frame">
      {/* Live announcements are made apart, one message at a time: see Announcer. */}
      <div
        className="log"
        role="log"
        aria-label={t('messages.label')}
        aria-live="off"
        aria-busy={loading}
        ref={log.scroller}
        onScroll={log.onScroll}
      >
        <div className="log-content" ref={log.content}>
          {problem && (
            <div className="log-problem" role="alert">
              <ProblemText problem={problem} />
              <button type="button" className="button-secondary" onClick={props.onReload}>
                {t('common.tryAgain')}
              </button>
            </div>
          )}
          {messages.length > 0 && (
            <p className="log-start">
              {more ? loading && t('messages.older') : t('messages.start')}
            </p>
          )}
          {messages.length === 0 && !loading && props.empty}
          {groupMessages(messages).map((day) => (
            <section key={day.key} className="day">
              <h3>{format.day(day.at, now)}</h3>
              {day.runs.map((run) => (
                <ol key={run.messages[0]?.seq} className="run">
                  {run.messages.map((message, index) => (
                    <MessageItem
                      key={keyOf(message)}
                      message={message}
                      authorName={message.author === 'me' ? t('common.you') : contact.name}
                      meta={showsMeta(message, run.messages[index + 1])}
                      actions={props.actions}
                    />
                  ))}
                </ol>
              ))}
            </section>
          ))}
        </div>
      </div>
      <Announcer contact={contact} newest={messages.at(-1)} />
      {!atEnd && messages.length > 0 && (
        <button type="button" className="jump" onClick={log.toEnd}>
          <DownIcon size={18} />
          {missed > 0 ? t('messages.newCount', { count: missed }) : t('messages.jump')}
        </button>
      )}
    </div>
  );
}

/** How many messages of theirs came while the end was out of view. */
function useMissed(messages: readonly Message[], atEnd: boolean): number {
  const newest = messages.at(-1)?.seq ?? 0;
  const [seen, setSeen] = useState(newest);
  useEffect(() => {
    if (atEnd) setSeen(newest);
  }, [atEnd, newest]);
  if (atEnd || seen === 0) return 0;
  return messages.filter((it) => it.seq > seen && it.author === 'them').length;
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
