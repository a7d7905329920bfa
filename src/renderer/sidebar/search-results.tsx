import { Root as RovingGroup, Item as RovingItem } from '@radix-ui/react-roving-focus';
import type { Message, SearchHit } from '../../shared/model/model.ts';
import { Boundary } from '../faults/boundary.tsx';
import { FaultNote } from '../faults/fault-note.tsx';
import { isoTime } from '../i18n/days.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { conversationsNamed } from '../state/conversations.ts';
import { markWords } from '../state/marks.ts';
import type { Search } from '../state/use-search.ts';
import { Button } from '../ui/button.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { Items, type ListProps } from './conversation-list.tsx';

/** What was found: the people first, then their messages. */
export function SearchResults({
  search,
  onJump,
  ...list
}: ListProps & { search: Search; onJump: (message: Message) => void }) {
  const { t, dir } = useI18n();
  const { find, readMore, again } = search;
  const { query, hits, more, phase, problem } = find;
  const people = conversationsNamed(list.conversations, query);
  const nameOf = (id: string) =>
    list.conversations.find((it) => it.contact.id === id)?.contact.name ?? '';
  const done = phase === 'done';
  const nothing = done && hits.length === 0 && people.length === 0;
  return (
    <section className="results" aria-label={t('search.results')}>
      <p className="visually-hidden" role="status">
        {done && t('search.found', { count: people.length + hits.length })}
      </p>
      <RovingGroup orientation="vertical" dir={dir}>
        {people.length > 0 && (
          <>
            <h2>{t('search.people')}</h2>
            <Items {...list} conversations={people} everybody={list.conversations} />
          </>
        )}
        {!nothing && <h2>{t('search.messages')}</h2>}
        {hits.length > 0 && (
          <ul aria-busy={phase === 'searching'}>
            {hits.map((hit) => (
              <Boundary
                key={hit.message.seq}
                of={hit}
                fallback={(fault) => (
                  <li>
                    <FaultNote what="message" fault={fault} />
                  </li>
                )}
              >
                <Hit
                  hit={hit}
                  query={query}
                  name={nameOf(hit.message.contactId)}
                  now={list.now}
                  onJump={() => onJump(hit.message)}
                />
              </Boundary>
            ))}
          </ul>
        )}
      </RovingGroup>
      {phase === 'searching' && hits.length === 0 && (
        <p className="results-note results-wait">{t('search.searching')}</p>
      )}
      {done && !nothing && hits.length === 0 && (
        <p className="results-note">{t('search.noMessages')}</p>
      )}
      {nothing && (
        <div className="list-empty">
          <p className="list-empty-title">{t('search.nothing', { query: query.trim() })}</p>
          <p>{t('search.nothingHint')}</p>
        </div>
      )}
      {problem && (
        <div className="log-failed" role="alert">
          <ProblemText problem={problem} />
          <Button onClick={again}>{t('common.tryAgain')}</Button>
        </div>
      )}
      {more && (
        <button type="button" className="button-secondary results-more" onClick={readMore}>
          {t('search.more')}
        </button>
      )}
      {list.menu}
    </section>
  );
}

function Hit({
  hit,
  query,
  name,
  now,
  onJump,
}: {
  hit: SearchHit;
  query: string;
  name: string;
  /** Unix milliseconds. */
  now: number;
  onJump: () => void;
}) {
  const { t, format } = useI18n();
  const { message, excerpt } = hit;
  let at = 0;
  return (
    <li>
      <RovingItem asChild>
        <button type="button" className="hit" onClick={onJump}>
          <bdi className="hit-name">{name}</bdi>
          <time className="hit-time" dateTime={isoTime(message.sentAt)}>
            {format.shortWhen(message.sentAt, now)}
          </time>
          <span className="hit-text" dir="auto">
            {message.author === 'me' && `${t('list.mine')} `}
            {markWords(excerpt, query).map((part) => {
              const key = at;
              at += part.text.length;
              return part.hit ? <mark key={key}>{part.text}</mark> : part.text;
            })}
          </span>
        </button>
      </RovingItem>
    </li>
  );
}
