import { ConnectForm } from '../components/connect-form.tsx';
import { ConversationList } from '../components/conversation-list.tsx';
import { Mark, SlidersIcon } from '../components/icons.tsx';
import { OwnAddress } from '../components/own-address.tsx';
import { useNow } from '../hooks/use-now.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { type AppState, draftOf } from '../state/app-state.ts';
import type { ChatStore } from '../state/store.ts';

const MINUTE = 60_000;

/** The left pane: ourselves, the way to a new chat, and all conversations. */
export function Sidebar({
  state,
  store,
  alone,
  onSettings,
  onShare,
  onHidden,
  onCopy,
}: {
  state: AppState;
  store: ChatStore;
  /** Whether it is all that is in view. */
  alone: boolean;
  onSettings: () => void;
  onShare: () => void;
  /** Something here is wanted while the pane is out of view. */
  onHidden: () => void;
  onCopy: (text: string) => Promise<boolean>;
}) {
  const { t } = useI18n();
  const now = useNow(MINUTE);
  const { snapshot, selected } = state;
  const AppName = alone ? 'h1' : 'p';
  if (snapshot === null) return null;
  return (
    <div className="sidebar" role={alone ? 'main' : undefined}>
      <header className="sidebar-head">
        <Mark />
        <AppName className="app-name">Parley</AppName>
        <button
          type="button"
          className="button-icon"
          aria-label={t('settings.open')}
          title={t('settings.open')}
          onClick={onSettings}
        >
          <SlidersIcon />
        </button>
      </header>
      <OwnAddress self={snapshot.self} onCopy={onCopy} onShare={onShare} />
      <ConnectForm onConnect={(address) => store.connect(address)} onHidden={onHidden} />
      <ConversationList
        conversations={snapshot.conversations}
        selected={selected}
        draftOf={(id) => draftOf(state, id).text}
        typing={state.typing}
        now={now}
        onSelect={(id) => store.select(id)}
      />
    </div>
  );
}
