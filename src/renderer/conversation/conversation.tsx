import { useCallback, useEffect, useRef, useState } from 'react';
import type { Contact, Conversation, Identity, Message, Policy } from '../../shared/model/model.ts';
import { ContactDetails } from '../contact/contact-details.tsx';
import { useArranging } from '../contact/use-arranging.tsx';
import { ownerOf, useLookalike } from '../contact/use-lookalike.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useShortcut } from '../shortcuts/shortcut-hub.ts';
import { type AppState, draftOf } from '../state/app-state.ts';
import { isEmpty } from '../state/drafts.ts';
import { useStore } from '../state/use-store.ts';
import { SearchIcon } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/menu/menu-list.tsx';
import { useAct, useNotice } from '../ui/use-notice.ts';
import { Composer } from './composer/composer.tsx';
import { ReplyBar } from './composer/reply-bar.tsx';
import { useTypeAhead } from './composer/use-type-ahead.ts';
import { useTyping } from './composer/use-typing.ts';
import { useConnectionTools } from './connection/connection-tools.tsx';
import { LinkPanel } from './connection/link-panel.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { Decision } from './decision.tsx';
import { ConversationLog } from './log/conversation-log.tsx';
import { FindBar } from './log/find-bar.tsx';
import type { ScrollPlace } from './log/use-log-scroll.ts';

interface ConversationProps {
  readonly conversation: Conversation;
  readonly state: AppState;
  /** Where each conversation was scrolled to; kept for as long as the window lives. */
  readonly places: Map<string, ScrollPlace>;
}

const NOBODY: readonly Conversation[] = [];

/** The right pane: one conversation. */
export function ConversationScreen(props: ConversationProps) {
  const { conversation, state } = props;
  const { contact, link } = conversation;
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const notify = useNotice();
  const [details, setDetails] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const writable = contact.policy === 'accepted' && contact.kind !== 'guest';
  useTypeAhead(field, writable);
  const [find, setFind] = useState(0);
  const target = useRef(state.target);
  useEffect(() => {
    // After a jump the user is at that message already.
    if (writable && target.current === null) field.current?.focus();
  }, [writable]);
  const openFind = () => setFind((it) => it + 1);
  useShortcut('find', openFind);
  const draft = draftOf(state, contact.id);
  const onReply = useCallback(
    (message: Message) => {
      store.answer(contact.id, message.id);
      field.current?.focus();
    },
    [store, contact.id],
  );
  const findHere: MenuEntry = {
    id: 'find',
    label: t('search.here'),
    icon: <SearchIcon size={18} />,
    onSelect: openFind,
  };
  const entries = [findHere, ...useArranging(contact)];
  const tools = useConnectionTools({ conversation, entries });
  const people = state.snapshot?.conversations ?? NOBODY;
  const like = useLookalike(contact, people);
  const onPolicy = (policy: Policy, really = false) => {
    // A lookalike of a contact is looked at again before anything of it is accepted.
    const wanted = policy === 'accepted' && like && !really ? 'request' : policy;
    act(store.setPolicy(contact.id, wanted, really));
  };
  const onTrust = async (known: Contact, identity: Identity) => {
    const accepting = store.acceptIdentity(known.id, identity, true);
    act(accepting);
    if ((await accepting) === null) notify(t('changed.done', { name: known.name }));
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
        drafted={!isEmpty(draft)}
        onHelp={tools.openCheck}
        owner={ownerOf(link, contact, people)}
        onTrust={(identity) => void onTrust(contact, identity)}
      />
      {find > 0 && (
        <FindBar
          contactId={contact.id}
          asked={find}
          onClose={() => {
            setFind(0);
            field.current?.focus();
          }}
        />
      )}
      <ConversationLog {...props} writable={writable} onReply={onReply} />
      {writable ? (
        <Composer
          draft={draft}
          offline={link.phase === 'offline'}
          field={field}
          onType={(text) => store.type(contact.id, text)}
          onSend={() => {
            void store.send(contact.id);
            store.toNewest(contact.id);
          }}
          onEscape={draft.replyTo === null ? null : () => store.answer(contact.id, null)}
        >
          {draft.replyTo !== null && (
            <ReplyBar state={state} contact={contact} id={draft.replyTo} />
          )}
        </Composer>
      ) : (
        <Decision
          contact={contact}
          like={like}
          onPolicy={onPolicy}
          onOpen={(id) => store.select(id)}
          onSame={onTrust}
        />
      )}
      {tools.dialog}
      {details && <ContactDetails contact={contact} onClose={() => setDetails(false)} />}
    </main>
  );
}
