import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ContactId, Settings, Snapshot } from '../../shared/model/model.ts';
import { ConversationScreen } from '../conversation/conversation.tsx';
import type { ScrollPlace } from '../conversation/log/use-log-scroll.ts';
import { Boundary } from '../faults/boundary.tsx';
import { FaultNote } from '../faults/fault-note.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useShortcut } from '../shortcuts/shortcut-hub.ts';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { draftOf } from '../state/app-state.ts';
import { conversationBeside, totalUnread, withoutLinks } from '../state/conversations.ts';
import { isEmpty } from '../state/drafts.ts';
import type { ChatStore } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/icons.tsx';
import { FirstRun } from './first-run.tsx';
import { HostBanner } from './host-banner.tsx';
import { useNarrow } from './use-narrow.ts';
import { useNoFiles } from './use-no-files.ts';
import { WarningsBanner } from './warnings-banner.tsx';
import { Welcome } from './welcome.tsx';
import { type WindowDialog, WindowDialogs } from './window-dialogs.tsx';

const APP_NAME = 'Parley';

/** The list, the conversation beside it, and the dialogs above both. */
export function MainWindow({ store }: { store: ChatStore }) {
  const known = useSyncExternalStore(store.subscribe, store.getState);
  const state = useMemo(
    () =>
      known.host === 'live' || known.snapshot === null
        ? known
        : { ...known, snapshot: withoutLinks(known.snapshot) },
    [known],
  );
  const { t } = useI18n();
  const places = useRef(new Map<string, ScrollPlace>());
  const [dialog, setDialog] = useState<WindowDialog>(null);
  const { snapshot, selected, host } = state;
  const firstRun = useFirstRun(snapshot, selected);
  const narrow = useNarrow();
  useTitle(snapshot === null ? 0 : totalUnread(snapshot.conversations));
  useWindowShortcuts(store, setDialog);
  useNoFiles();
  const onReconnect = () => void store.start();
  if (snapshot === null) {
    return (
      <div className="app app-waiting">
        {host === 'lost' ? <HostBanner host={host} onReconnect={onReconnect} /> : <Starting />}
      </div>
    );
  }
  const { self } = snapshot;
  const change = async (wanted: Partial<Settings>) => {
    const outcome = await store.updateSettings(wanted);
    return outcome.ok ? null : outcome.problem;
  };
  const conversation = snapshot.conversations.find((it) => it.contact.id === selected);
  const view = conversation ? 'conversation' : firstRun.due ? 'first' : 'list';
  return (
    <div className="app" data-view={view}>
      {host === 'live' ? (
        <WarningsBanner problems={self.warnings} />
      ) : (
        <HostBanner host={host} onReconnect={onReconnect} />
      )}
      <Boundary fallback={(fault) => <FaultNote what="dialog" fault={fault} />}>
        <Sidebar
          state={state}
          alone={narrow && view === 'list'}
          onSettings={() => setDialog('settings')}
          onShare={() => setDialog('share')}
          onHidden={() => {
            store.select(null);
            firstRun.done();
          }}
        />
      </Boundary>
      {conversation ? (
        <Boundary
          key={conversation.contact.id}
          fallback={(fault) => (
            <main className="conversation">
              <FaultNote what="conversation" fault={fault}>
                <Button onClick={() => store.select(null)}>{t('conversation.back')}</Button>
              </FaultNote>
            </main>
          )}
        >
          <ConversationScreen conversation={conversation} state={state} places={places.current} />
        </Boundary>
      ) : (
        <main className="conversation">
          {firstRun.due ? (
            <FirstRun
              self={self}
              onDone={async (answers) => {
                const failure = await change(answers);
                if (failure === null) firstRun.done();
                return failure;
              }}
            />
          ) : (
            <Welcome self={self} fresh={snapshot.conversations.length === 0} />
          )}
        </main>
      )}
      <WindowDialogs open={dialog} self={self} onOpen={setDialog} />
    </div>
  );
}

/**
 * Whether the questions of the first run are due: they were never answered, and there is no
 * conversation yet, by which a profile is known to be in use. Once on screen they stay until they are
 * answered or the user opens a conversation: a message that arrives takes nothing away.
 */
function useFirstRun(snapshot: Snapshot | null, selected: ContactId | null) {
  const [{ firstRunDone }, change] = usePreferences();
  const [isAsking, setAsking] = useState(false);
  const isUsed = snapshot !== null && snapshot.conversations.length > 0;
  useEffect(() => {
    if (snapshot === null || firstRunDone) return;
    if (selected !== null || (isUsed && !isAsking)) change({ firstRunDone: true });
    else setAsking(true);
  });
  const due = !firstRunDone && (isAsking || !isUsed);
  return { due, done: () => change({ firstRunDone: true }) };
}

/** The shortcuts that belong to the window as a whole. */
function useWindowShortcuts(store: ChatStore, open: (dialog: WindowDialog) => void): void {
  const beside = (step: 1 | -1) => {
    const { snapshot, selected } = store.getState();
    const next = conversationBeside(snapshot?.conversations ?? [], selected, step);
    if (next !== null) store.select(next);
  };
  useShortcut('previous', () => beside(-1));
  useShortcut('next', () => beside(1));
  useShortcut('leave', () => {
    const state = store.getState();
    // What is being written keeps its place on screen.
    if (state.selected === null || isEmpty(draftOf(state, state.selected))) store.select(null);
  });
  useShortcut('settings', () => open('settings'));
  useShortcut('sheet', () => open('sheet'));
}

function Starting() {
  const { t } = useI18n();
  return (
    <div className="starting" role="status">
      <Mark size={56} />
      <p>{t('host.starting')}</p>
    </div>
  );
}

/** Puts the number of unread messages into the window's title. */
function useTitle(unread: number): void {
  const { format } = useI18n();
  useEffect(() => {
    document.title = unread > 0 ? `(${format.number(unread)}) ${APP_NAME}` : APP_NAME;
  }, [unread, format]);
}
