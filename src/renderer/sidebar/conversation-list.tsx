import { Root as RovingGroup } from '@radix-ui/react-roving-focus';
import type { ComponentProps, ReactNode } from 'react';
import type { ContactId, Conversation } from '../../shared/model/model.ts';
import { lookalikeAmong, ownerOf } from '../contact/use-lookalike.ts';
import { Boundary } from '../faults/boundary.tsx';
import { FaultNote } from '../faults/fault-note.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { groupConversations } from '../state/conversations.ts';
import { alarmOf } from '../state/wrong-person.ts';
import { Button } from '../ui/button.tsx';
import { ConversationItem } from './conversation-item.tsx';

export interface ListProps {
  readonly conversations: readonly Conversation[];
  readonly selected: ContactId | null;
  readonly draftOf: (id: ContactId) => string;
  /** Until when each contact is known to be writing. Unix milliseconds. */
  readonly typing: ReadonlyMap<ContactId, number>;
  /** Unix milliseconds. */
  readonly now: number;
  readonly onSelect: (id: ContactId) => void;
  /** Opens the menu of a conversation beside `anchor`. */
  readonly onMenu: (id: ContactId, anchor: HTMLElement) => void;
  /** That menu, and what it asks, while it is open. */
  readonly menu: ReactNode;
}

/** All conversations: known contacts first, then requests, then blocked contacts. */
export function ConversationList({
  onShare,
  ...props
}: ListProps & {
  /** Shows what to give to a friend; null where that is on screen already. */
  onShare: (() => void) | null;
}) {
  const { t, dir } = useI18n();
  const groups = groupConversations(props.conversations);
  const everybody = props.conversations;
  return (
    <nav className="conversations" aria-label={t('list.label')}>
      {props.conversations.length === 0 && (
        <div className="list-empty">
          <p className="list-empty-title">{t('list.empty')}</p>
          <p>{t('list.emptyHint')}</p>
          {onShare && <Button onClick={onShare}>{t('share.open')}</Button>}
        </div>
      )}
      <RovingGroup className="list-groups" orientation="vertical" dir={dir}>
        {groups.requests.length > 0 && (
          <section className="requests">
            <h2>
              {t('list.requests')} <span className="count">{groups.requests.length}</span>
            </h2>
            <Items {...props} conversations={groups.requests} everybody={everybody} />
          </section>
        )}
        {groups.accepted.length > 0 && (
          <section>
            <h2 className="visually-hidden">{t('list.label')}</h2>
            <Items {...props} conversations={groups.accepted} everybody={everybody} />
          </section>
        )}
      </RovingGroup>
      {groups.blocked.length > 0 && (
        <details className="blocked">
          <summary>
            {t('list.blocked')} <span className="count">{groups.blocked.length}</span>
          </summary>
          <RovingGroup orientation="vertical" dir={dir}>
            <Items {...props} conversations={groups.blocked} everybody={everybody} />
          </RovingGroup>
        </details>
      )}
      {props.menu}
    </nav>
  );
}

/** Conversations, one below the other; inside of a group that the arrow keys move in. */
export function Items({
  conversations,
  everybody,
  selected,
  draftOf,
  typing,
  now,
  onSelect,
  onMenu,
}: ListProps & {
  /** All conversations: those shown may be mistaken for others, or others may answer for them. */
  everybody: readonly Conversation[];
}) {
  return (
    <ul>
      {conversations.map((it) => (
        <Boundary
          key={it.contact.id}
          of={it}
          fallback={(fault) => (
            <li>
              <FaultNote what="row" fault={fault} />
            </li>
          )}
        >
          <Row
            conversation={it}
            everybody={everybody}
            draft={draftOf(it.contact.id)}
            typingUntil={typing.get(it.contact.id)}
            selected={it.contact.id === selected}
            now={now}
            onSelect={() => onSelect(it.contact.id)}
            onMenu={(anchor) => onMenu(it.contact.id, anchor)}
          />
        </Boundary>
      ))}
    </ul>
  );
}

/** Looks at the other conversations within its own boundary: a fault there is a fault of this row. */
function Row({
  everybody,
  ...props
}: Omit<ComponentProps<typeof ConversationItem>, 'like' | 'alarm'> & {
  everybody: readonly Conversation[];
}) {
  const { contact, link } = props.conversation;
  return (
    <ConversationItem
      {...props}
      like={lookalikeAmong(contact, everybody)}
      alarm={alarmOf(contact, link, ownerOf(link, contact, everybody))}
    />
  );
}
