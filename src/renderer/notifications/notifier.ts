import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { NoticeLevel } from '../../shared/model/preferences.ts';
import { followAttention, hasAttention } from '../host/attention.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { AppState } from '../state/app-state.ts';
import { totalUnread } from '../state/conversations.ts';
import { type After, NoticePace } from './notice-pace.ts';
import { noticeText } from './notice-text.ts';
import { followNotices, NO_NOTICES, type NoticeState, withdrawAll } from './notices.ts';

type Notices = Pick<Bridge['host'], 'notify' | 'withdrawNotice' | 'setUnread'>;
type Subscribe = (listener: () => void) => () => void;

/** The notifier's inputs, and its way to the desktop. */
export interface NotifierDeps {
  readonly state: { readonly get: () => AppState; readonly subscribe: Subscribe };
  readonly level: { readonly get: () => NoticeLevel; readonly subscribe: Subscribe };
  readonly i18n: () => I18n;
  /** Runs something on the bridge that there is; nothing when there is none. */
  readonly run: (task: (host: Notices) => Promise<unknown>) => void;
  /** Whether the user is looking at the window; this window's own unless given. */
  readonly attention?: { readonly get: () => boolean; readonly subscribe: Subscribe };
  readonly after?: After;
}

const ownAttention = { get: hasAttention, subscribe: followAttention };

const realAfter: After = (delay, task) => {
  const timer = setTimeout(task, delay);
  return () => clearTimeout(timer);
};

/**
 * Keeps the notifications on the user's desktop, and the badge, in line with the page's state.
 * Returns a function that stops it.
 */
export function startNotifier(deps: NotifierDeps): () => void {
  const { state, level, run, attention = ownAttention, after = realAfter } = deps;
  let notices: NoticeState = NO_NOTICES;
  let shownLevel = level.get();
  let shownUnread = 0;
  const pace = new NoticePace(after, {
    show: (content) => {
      const now = level.get();
      if (now === 'off') return;
      const notice = noticeText(content, now, deps.i18n());
      run((host) => host.notify(notice));
    },
    withdraw: (contactId) => run((host) => host.withdrawNotice({ contactId })),
  });
  const onState = () => {
    const { snapshot } = state.get();
    if (snapshot === null) return;
    const { conversations, arrivedAfter } = snapshot;
    const circumstances = { attended: attention.get(), level: level.get(), arrivedAfter };
    const next = followNotices(notices, conversations, circumstances);
    notices = next.state;
    pace.take(next.steps);
    const count = totalUnread(conversations);
    if (count === shownUnread) return;
    shownUnread = count;
    run((host) => host.setUnread({ count }));
  };
  const onLevel = () => {
    if (level.get() === shownLevel) return;
    shownLevel = level.get();
    const next = withdrawAll(notices);
    notices = next.state;
    pace.take(next.steps);
  };
  const onAttention = () => {
    if (attention.get()) pace.drop();
  };
  const endings = [
    state.subscribe(onState),
    level.subscribe(onLevel),
    attention.subscribe(onAttention),
  ];
  onState();
  return () => {
    for (const end of endings) end();
    pace.stop();
  };
}
