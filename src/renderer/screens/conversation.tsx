import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Identity, Policy } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { Composer } from '../components/composer.tsx';
import { ContactDialog } from '../components/contact-dialog.tsx';
import { ConversationHeader } from '../components/conversation-header.tsx';
import { DecisionBar } from '../components/decision-bar.tsx';
import { LinkPanel } from '../components/link-panel.tsx';
import type { MessageActions } from '../components/message-item.tsx';
import { MessageLog } from '../components/message-log.tsx';
import { useAttention } from '../hooks/use-attention.ts';
import type { ScrollPlace } from '../hooks/use-log-scroll.ts';
import { useNotice } from '../hooks/use-notice.ts';
import { useNow } from '../hooks/use-now.ts';
import { useTyping } from '../hooks/use-typing.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { type AppState, draftOf } from '../state/app-state.ts';
import type { ChatStore } from '../state/store.ts';
import { useConnectionTools } from './connection-tools.tsx';

const MINUTE = 60_000;

interface ConversationProps {
  readonly conversation: Conversation;
  readonly state: AppState;
  readonly store: ChatStore;
  /** Where each conversation was scrolled to; kept for as long as the window lives. */
  readonly places: Map<string, ScrollPlace>;
  readonly onCopy: (text: string) => Promise<boolean>;
  /** Told of the problem when something that was asked for could not be done. */
  readonly onOutcome: (failure: Problem | null) => void;
}

/** The right pane: one conversation. */
export function ConversationScreen(props: ConversationProps) {
  const { conversation, state, store, onCopy, onOutcome } = props;
  const { contact, link } = conversation;
  const { t } = useI18n();
  const notify = useNotice();
  const [details, setDetails] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const writable = contact.policy === 'accepted' && contact.kind !== 'guest';
  useEffect(() => {
    if (writable) field.current?.focus();
  }, [writable]);
  const version = state.snapshot?.self.version ?? '';
  const tools = useConnectionTools({ conversation, store, version, onCopy, onOutcome });
  const onPolicy = (policy: Policy) => void store.setPolicy(contact.id, policy).then(onOutcome);
  const onTrust = async (identity: Identity) => {
    const failure = await store.acceptIdentity(contact.id, identity);
    if (failure) onOutcome(failure);
    else notify(t('changed.done', { name: contact.name }));
  };
  return (
    <main className="conversation">
      <ConversationHeader
        conversation={conversation}
        typing={useTyping(state.typing.get(contact.id))}
        menu={tools.menu}
        onBack={() => store.select(null)}
        onDetails={() => setDetails(true)}
      />
      <LinkPanel
        conversation={conversation}
        onRetry={() => void store.retry(contact.id).then(onOutcome)}
        onHelp={tools.openCheck}
        onTrust={onTrust}
      />
      <Log {...props} />
      {writable ? (
        <Composer
          draft={draftOf(state, contact.id)}
          offline={link.phase === 'offline'}
          field={field}
          onType={(text) => store.type(contact.id, text)}
          onSend={() => void store.send(contact.id)}
        />
      ) : (
        <DecisionBar contact={contact} onPolicy={onPolicy} />
      )}
      {tools.dialog}
      {details && (
        <ContactDialog
          contact={contact}
          own={state.snapshot?.self.identity ?? null}
          onCopy={onCopy}
          onVerified={(verified) => store.setVerified(contact.id, verified)}
          onPolicy={(policy) => {
            onPolicy(policy);
            setDetails(false);
          }}
          onRemove={() => void store.removeContact(contact.id).then(onOutcome)}
          onClose={() => setDetails(false)}
        />
      )}
    </main>
  );
}

function Log({ conversation, state, store, places, onOutcome }: ConversationProps) {
  const { t } = useI18n();
  const { contact, unread, lastMessage } = conversation;
  const { id } = contact;
  const thread = state.threads.get(id);
  const page = state.pages.get(id);
  const now = useNow(MINUTE);
  const attention = useAttention();
  const [atEnd, setAtEnd] = useState(true);
  const newest = lastMessage?.seq ?? 0;
  const loaded = thread !== undefined;
  useEffect(() => {
    if (loaded && attention && atEnd && unread > 0) void store.markRead(id, newest);
  }, [loaded, attention, atEnd, unread, id, newest, store]);
  const onPlace = useCallback((place: ScrollPlace) => places.set(id, place), [places, id]);
  const onNearStart = useCallback(() => store.loadOlder(id), [store, id]);
  const actions: MessageActions = useMemo(
    () => ({
      onSendAgain: (messageId) => void store.sendAgain(messageId).then(onOutcome),
      onDelete: (messageId) => void store.deleteMessage(messageId).then(onOutcome),
    }),
    [store, onOutcome],
  );
  if (!thread && !page?.problem) {
    return (
      <div className="log-frame">
        <p className="log-loading" role="status">
          {t('common.loading')}
        </p>
      </div>
    );
  }
  const empty = t(`messages.${emptyText(conversation)}`);
  return (
    <MessageLog
      contact={contact}
      messages={thread?.messages ?? []}
      more={thread !== undefined && thread.from > 0}
      loading={page?.loading ?? false}
      problem={page?.problem ?? null}
      now={now}
      start={places.get(id)}
      onPlace={onPlace}
      onNearStart={onNearStart}
      onReload={() => store.reload(id)}
      onAtEnd={setAtEnd}
      actions={actions}
      empty={<p className="log-empty">{empty}</p>}
    />
  );
}

function emptyText({ contact, link }: Conversation) {
  if (contact.policy !== 'accepted' || contact.kind === 'guest') return 'emptyClosed';
  return link.phase === 'online' ? 'emptyOnline' : 'emptyWaiting';
}
