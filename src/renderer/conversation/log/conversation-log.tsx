import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Conversation, Message } from '../../../shared/model/model.ts';
import { DialogBoundary } from '../../faults/loaded-dialog.tsx';
import { useAttention } from '../../host/use-attention.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { AppState } from '../../state/app-state.ts';
import { useCopy, useStore } from '../../state/use-store.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useAct, useNotice } from '../../ui/use-notice.ts';
import { useNow } from '../../ui/use-now.ts';
import { LinkDialog } from '../link-dialog.tsx';
import type { MessageActions } from './message-item.tsx';
import { MessageLog } from './message-log.tsx';
import { MessageMenu } from './message-menu.tsx';
import type { ScrollPlace } from './use-log-scroll.ts';
import { useUnreadLine } from './use-unread-line.ts';

const MINUTE = 60_000;

type Asked =
  | { readonly kind: 'menu'; readonly message: Message; readonly anchor: HTMLElement }
  | { readonly kind: 'delete'; readonly message: Message }
  | { readonly kind: 'link'; readonly url: string };

/** The messages of the conversation on screen, with what can be done with them. */
export function ConversationLog({
  conversation,
  state,
  places,
  writable,
  onReply,
}: {
  conversation: Conversation;
  state: AppState;
  /** Where each conversation was scrolled to; kept for as long as the window lives. */
  places: Map<string, ScrollPlace>;
  /** Whether answers can be written. */
  writable: boolean;
  onReply: (message: Message) => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const toClipboard = useCopy();
  const notify = useNotice();
  const { contact, unread, lastMessage } = conversation;
  const { id } = contact;
  const thread = state.threads.get(id);
  const status = state.pages.get(id) ?? { loading: false, problem: null };
  const attention = useAttention();
  const [atEnd, setAtEnd] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const unreadFrom = useUnreadLine(thread, unread, attention && atEnd);
  const newest = lastMessage?.seq ?? 0;
  const seen = thread !== undefined && thread.to === null && attention && atEnd;
  const now = useNow(MINUTE);
  useEffect(() => {
    if (seen && unread > 0) void store.markRead(id, newest);
  }, [seen, unread, id, newest, store]);
  const copy = useCallback(
    async (text: string) => {
      if (await toClipboard(text)) notify(t('talk.copied'));
      else notify(t('common.copyFailed'));
    },
    [toClipboard, notify, t],
  );
  const actions: MessageActions = useMemo(
    () => ({
      onDelete: (message) => setAsked({ kind: 'delete', message }),
      onReply,
      onCopy: (message) => void copy(message.body),
      onLink: (url) => setAsked({ kind: 'link', url }),
      onMenu: (message, anchor) => setAsked({ kind: 'menu', message, anchor }),
    }),
    [onReply, copy],
  );
  const loaders = useMemo(
    () => ({
      onPlace: (place: ScrollPlace) => void places.set(id, place),
      onNearStart: () => store.loadOlder(id),
      onNearEnd: () => store.loadNewer(id),
      onExcess: (seq: number) => store.trim(id, seq),
      onNewest: () => store.toNewest(id),
      onReload: () => store.reload(id),
    }),
    [store, places, id],
  );
  const close = useCallback(() => setAsked(null), []);
  if (!thread) {
    return (
      <div className="log-frame">
        {status.problem ? (
          <div className="log-failed" role="alert">
            <ProblemText problem={status.problem} />
            <Button onClick={loaders.onReload}>{t('common.tryAgain')}</Button>
          </div>
        ) : (
          <p className="log-loading" role="status">
            {t('common.loading')}
          </p>
        )}
      </div>
    );
  }
  return (
    <>
      <MessageLog
        contact={contact}
        thread={thread}
        status={status}
        unread={unread}
        unreadFrom={unreadFrom}
        quotes={state.quotes}
        target={state.target?.contactId === id ? state.target : null}
        now={now}
        start={places.get(id)}
        {...loaders}
        onAtEnd={setAtEnd}
        actions={actions}
        empty={<p className="log-empty">{t(`messages.${emptyText(conversation)}`)}</p>}
      />
      {asked && (
        <DialogBoundary key={asked.kind} onClose={close}>
          {asked.kind === 'menu' && (
            <MessageMenu {...asked} writable={writable} actions={actions} onClose={close} />
          )}
          {asked.kind === 'delete' && (
            <Confirm
              title={t('talk.deleteTitle')}
              yes={t('talk.deleteYes')}
              onYes={() => {
                close();
                act(store.deleteMessage(asked.message));
              }}
              onClose={close}
            >
              <p>{t(`talk.${deletionOf(asked.message)}`, { name: contact.name })}</p>
            </Confirm>
          )}
          {asked.kind === 'link' && (
            <LinkDialog
              url={asked.url}
              onOpen={() => {
                close();
                act(store.openExternal(asked.url));
              }}
              onCopy={() => {
                close();
                void copy(asked.url);
              }}
              onClose={close}
            />
          )}
        </DialogBoundary>
      )}
    </>
  );
}

function deletionOf({ author, state }: Message) {
  if (author === 'them') return 'deleteTheirs';
  return state === 'queued' || state === 'failed' ? 'deleteUnsent' : 'deleteMine';
}

function emptyText({ contact, link }: Conversation) {
  if (contact.policy !== 'accepted' || contact.kind === 'guest') return 'emptyClosed';
  if (link.phase !== 'online') return 'emptyWaiting';
  return link.problem?.code === 'not-answered' ? 'emptyUnanswered' : 'emptyOnline';
}
