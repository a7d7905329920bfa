import { Item as RovingItem } from '@radix-ui/react-roving-focus';
import type { Lookalike } from '../../shared/model/lookalikes.ts';
import type { Conversation } from '../../shared/model/model.ts';
import { useTyping } from '../conversation/composer/use-typing.ts';
import { isoTime } from '../i18n/days.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { isMereAttempt } from '../state/attempts.ts';
import { placeOf } from '../state/labels.ts';
import type { Alarm } from '../state/wrong-person.ts';
import { ContactAvatar } from '../ui/avatar.tsx';
import { AlertIcon, MuteIcon, PinIcon, UnlockIcon } from '../ui/icons.tsx';

/** The longest preview that is put into the page; the rest would not be seen anyway. */
const PREVIEW = 160;

/**
 * One conversation in the list. Its parts stand in the order in which they are read aloud: who, how
 * much is new, what, when; the style sheet puts them in their places.
 */
export function ConversationItem({
  conversation,
  like,
  alarm,
  draft,
  typingUntil,
  selected,
  now,
  onSelect,
  onMenu,
}: {
  conversation: Conversation;
  /** The contact that a request can be mistaken for. */
  like: Lookalike | null;
  /** Whether somebody else answers in the contact's place; null when nobody does. */
  alarm: Alarm | null;
  /** What is typed there and not sent. */
  draft: string;
  /** Until when the contact is known to be writing. Unix milliseconds. */
  typingUntil: number | undefined;
  selected: boolean;
  /** Unix milliseconds. */
  now: number;
  onSelect: () => void;
  onMenu: (anchor: HTMLElement) => void;
}) {
  const { t, format } = useI18n();
  const typing = useTyping(typingUntil);
  const { contact, link, lastMessage, unread } = conversation;
  const address = contact.addresses[0] && placeOf(contact.addresses[0]);
  // The contact may not be who it seems.
  const warnings = [
    like && t(`alike.${like.shares}`, { name: like.contact.name }),
    alarm && t(`${alarm}.title`, { name: contact.name }),
  ].filter((it) => it !== null);
  const bare = contact.kind === 'open' || contact.kind === 'guest';
  return (
    <li>
      <RovingItem asChild active={selected}>
        <button
          type="button"
          className="conversation-item"
          aria-current={selected ? 'true' : undefined}
          data-unread={unread > 0 && !contact.muted}
          onClick={onSelect}
          onContextMenu={(event) => {
            event.preventDefault();
            onMenu(event.currentTarget);
          }}
        >
          <span className="item-name">
            <bdi>{contact.name}</bdi>
            {warnings.map((text) => (
              <Sign key={text} icon={AlertIcon} text={text} mark="item-mark item-warning" />
            ))}
            {bare && <Sign icon={UnlockIcon} text={t('conversation.openMark')} mark="item-mark" />}
            <span className="item-signs">
              {contact.pinned && <Sign icon={PinIcon} text={t('arrange.pinned')} />}
              {contact.muted && <Sign icon={MuteIcon} text={t('arrange.muted')} />}
            </span>
          </span>
          {unread > 0 && (
            <span className="badge" data-muted={contact.muted}>
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="visually-hidden">{t('list.unread', { count: unread })}</span>
            </span>
          )}
          {typing ? (
            <span className="item-preview item-typing">{t('list.typing')}</span>
          ) : (
            <Preview conversation={conversation} draft={selected ? '' : draft} />
          )}
          {lastMessage && (
            <time className="item-time" dateTime={isoTime(lastMessage.sentAt)}>
              {format.shortWhen(lastMessage.sentAt, now)}
            </time>
          )}
          {address !== undefined && address !== contact.name && (
            <span className="item-address" aria-hidden="true">
              {address}
            </span>
          )}
          <ContactAvatar contact={contact} link={link} />
        </button>
      </RovingItem>
    </li>
  );
}

/** A small sign behind the name, with its words. */
function Sign({
  icon: SignIcon,
  text,
  mark,
}: {
  icon: typeof PinIcon;
  text: string;
  mark?: string;
}) {
  return (
    <span className={mark} data-tip={text}>
      <SignIcon size={14} />
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

function Preview({ conversation, draft }: { conversation: Conversation; draft: string }) {
  const { t } = useI18n();
  const { lastMessage } = conversation;
  if (draft.trim() !== '') {
    return (
      <span className="item-preview">
        <span className="item-draft">{t('list.draft')}</span> <bdi>{draft.slice(0, PREVIEW)}</bdi>
      </span>
    );
  }
  if (lastMessage === null) {
    const none = isMereAttempt(conversation) ? t('attempt.listed') : t('list.nothingYet');
    return <span className="item-preview item-preview-empty">{none}</span>;
  }
  const state = lastMessage.state;
  const stuck = state === 'failed' || state === 'unconfirmed';
  return (
    <span className="item-preview">
      {stuck && (
        <>
          <span className={`state-${state}`}>{t(`delivery.${state}`)}:</span>{' '}
        </>
      )}
      {!stuck && lastMessage.author === 'me' && `${t('list.mine')} `}
      <bdi>{lastMessage.body.slice(0, PREVIEW)}</bdi>
    </span>
  );
}
