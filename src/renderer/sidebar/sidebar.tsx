import { useState } from 'react';
import type { ContactId, Message } from '../../shared/model/model.ts';
import { ConversationMenu, type RowAsked } from '../contact/conversation-menu.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { type AppState, draftOf } from '../state/app-state.ts';
import { conversationsNamed } from '../state/conversations.ts';
import { useSearch } from '../state/use-search.ts';
import { useStore } from '../state/use-store.ts';
import { IconButton } from '../ui/button.tsx';
import { Mark, SlidersIcon } from '../ui/icons.tsx';
import { useNow } from '../ui/use-now.ts';
import { ConnectForm } from './connect-form.tsx';
import { ConversationList } from './conversation-list.tsx';
import { OwnAddress } from './own-address.tsx';
import { RequestAnnouncer } from './request-announcer.tsx';
import { SearchBox } from './search-box.tsx';
import { SearchResults } from './search-results.tsx';

const MINUTE = 60_000;

/** The left pane: ourselves, the way to a new chat, and all conversations. */
export function Sidebar({
  state,
  alone,
  onSettings,
  onShare,
  onHidden,
}: {
  state: AppState;
  /** Whether it is all that is in view. */
  alone: boolean;
  onSettings: () => void;
  onShare: () => void;
  /** Something here is wanted while the pane is out of view. */
  onHidden: () => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const now = useNow(MINUTE);
  const { snapshot, selected } = state;
  const search = useSearch(null, null);
  const { query } = search.find;
  const [asked, setAsked] = useState<RowAsked | null>(null);
  const AppName = alone ? 'h1' : 'p';
  // Alone, the pane is the main landmark, which may not hold the page's banner.
  const Head = alone ? 'div' : 'header';
  if (snapshot === null) return null;
  const onSelect = (id: ContactId) => {
    search.ask('');
    store.select(id);
    // Where a conversation is opened, one writes: also where it was open already.
    if (id === selected) document.querySelector<HTMLElement>('.composer textarea')?.focus();
  };
  const onJump = ({ contactId, seq }: Pick<Message, 'contactId' | 'seq'>) =>
    void store.jumpTo(contactId, seq);
  const about = snapshot.conversations.find((it) => it.contact.id === asked?.id);
  const list = {
    selected,
    draftOf: (id: ContactId) => draftOf(state, id).text,
    typing: state.typing,
    now,
    onSelect,
    onMenu: (id: ContactId, anchor: HTMLElement) => setAsked({ kind: 'menu', id, anchor }),
    menu: asked && about && (
      <ConversationMenu
        asked={asked}
        conversation={about}
        onAsk={setAsked}
        onOpen={() => onSelect(asked.id)}
      />
    ),
  };
  return (
    <div className="sidebar" role={alone ? 'main' : undefined}>
      <Head className="sidebar-head">
        <Mark />
        <AppName className="app-name">Parley</AppName>
        <IconButton label={t('settings.open')} onClick={onSettings}>
          <SlidersIcon />
        </IconButton>
      </Head>
      <OwnAddress
        self={snapshot.self}
        onShare={onShare}
        onSettings={onSettings}
        onResume={() => void store.ask(({ chat }) => chat.setPaused({ paused: false }))}
      />
      <ConnectForm onConnect={(address) => store.connect(address)} onHidden={onHidden} />
      <SearchBox
        search={search}
        onHidden={onHidden}
        onEnter={() => {
          const [first] = conversationsNamed(snapshot.conversations, query);
          if (first) onSelect(first.contact.id);
          // Unless another conversation was opened until then.
          else search.whenFound((it) => store.getState().selected === selected && onJump(it));
        }}
      />
      <RequestAnnouncer conversations={snapshot.conversations} />
      {query.trim() === '' ? (
        <ConversationList
          {...list}
          conversations={snapshot.conversations}
          onShare={alone ? onShare : null}
        />
      ) : (
        <SearchResults
          {...list}
          search={search}
          conversations={snapshot.conversations}
          onJump={onJump}
        />
      )}
    </div>
  );
}
