import type { MessageKey } from '../../../src/renderer/i18n/catalog.ts';
import type { DesktopState } from '../../../src/shared/bridge/desktop-bridge.ts';
import type { NoticeAccess } from '../../../src/shared/model/notice.ts';
import type { Preferences } from '../../../src/shared/model/preferences.ts';
import { BARE_DESKTOP, FULL_DESKTOP } from '../fake-bridge/fake-desktop.ts';
import type { ScenarioName } from './scenarios.ts';

/** What is done in the page to bring it into a state. Texts are named by their keys. */
export type GalleryStep =
  /** Presses the button or menu entry with this name. */
  | { readonly press: MessageKey }
  /** Turns the switch with this name. */
  | { readonly turn: MessageKey }
  /** Opens the conversation with this contact. */
  | { readonly open: string }
  /** Opens the menu of the conversation with this contact. */
  | { readonly menuOf: string }
  /** Goes into the field with this name. */
  | { readonly field: MessageKey }
  /** Types into the field that has the focus. */
  | { readonly search: string }
  /** Unfolds the first technical detail or log entry that holds this text. */
  | { readonly unfold: string }
  /** Waits until this text is there. */
  | { readonly see: MessageKey }
  /** Waits until something says this. */
  | { readonly read: string }
  /** Brings the section with this heading into view. */
  | { readonly show: MessageKey };

export interface GalleryState {
  readonly name: string;
  readonly scenario: ScenarioName;
  readonly steps: readonly GalleryStep[];
  /** Whether the questions of the first run are still open. */
  readonly firstRun?: boolean;
  /** How long the doctor takes; for ever when it is to be seen at work. Milliseconds. */
  readonly doctorTime?: number;
  /** What else the user has chosen before. */
  readonly preferences?: Partial<Preferences>;
  /** Whether the browser lets the page show notifications. */
  readonly notices?: NoticeAccess;
  /** The desktop app around the page; none in a browser. */
  readonly desktop?: DesktopState;
}

const bob: GalleryStep = { open: 'Bob' };
const menu: GalleryStep = { press: 'help.more' };
const unreachable: GalleryStep = { open: '192.168.1.37' };
const settings: readonly GalleryStep[] = [
  { press: 'settings.open' },
  { see: 'settings.appearance' },
];
const details: readonly GalleryStep[] = [
  { press: 'conversation.details' },
  { see: 'contact.remove' },
];
const messageMenu: readonly GalleryStep[] = [bob, { press: 'talk.actions' }, { see: 'talk.reply' }];
const log: readonly GalleryStep[] = [bob, menu, { press: 'wire.title' }, { see: 'wire.keep' }];

/** Every state of the page that is worth a look, by a name that is also its picture's. */
export const GALLERY: readonly GalleryState[] = [
  { name: 'first-run', scenario: 'empty-local', steps: [], firstRun: true },
  { name: 'empty', scenario: 'empty', steps: [] },
  { name: 'empty-local', scenario: 'empty-local', steps: [] },
  { name: 'not-listening', scenario: 'not-listening', steps: [] },
  { name: 'paused', scenario: 'paused', steps: [{ see: 'own.resume' }] },
  { name: 'warned', scenario: 'warned', steps: [bob] },
  { name: 'held', scenario: 'held', steps: [bob] },
  { name: 'pick', scenario: 'busy', steps: [] },
  { name: 'conversation', scenario: 'busy', steps: [bob] },
  { name: 'known', scenario: 'known', steps: [bob] },
  { name: 'no-messages', scenario: 'busy', steps: [{ open: 'Noor' }] },
  { name: 'unread', scenario: 'unread', steps: [bob] },
  { name: 'impossible-times', scenario: 'impossible-times', steps: [bob] },
  { name: 'troubled-messages', scenario: 'busy', steps: [{ open: 'Carol' }] },
  { name: 'unverified', scenario: 'busy', steps: [{ open: 'weather-station' }] },
  { name: 'request', scenario: 'busy', steps: [{ open: 'Dmitri' }] },
  { name: 'not-answered', scenario: 'not-answered', steps: [bob] },
  { name: 'lookalike', scenario: 'lookalike', steps: [{ open: 'new computer' }] },
  { name: 'lookalike-online', scenario: 'lookalike-online', steps: [{ open: 'new computer' }] },
  {
    name: 'lookalike-merge',
    scenario: 'lookalike',
    steps: [{ open: 'new computer' }, { press: 'alike.same' }, { see: 'alike.merge' }],
  },
  {
    name: 'lookalike-other',
    scenario: 'lookalike',
    steps: [{ open: 'new computer' }, { press: 'alike.other' }, { see: 'alike.acceptOther' }],
  },
  {
    name: 'address-taken-alike',
    scenario: 'address-taken-alike',
    steps: [{ open: 'new computer' }],
  },
  {
    name: 'key-changed-request',
    scenario: 'key-changed-request',
    steps: [{ open: 'new computer' }],
  },
  { name: 'guest', scenario: 'guest', steps: [{ open: 'curl' }] },
  { name: 'texts', scenario: 'texts', steps: [{ open: 'ليلى' }] },
  { name: 'hostile-name', scenario: 'texts', steps: [{ open: '<img' }] },
  { name: 'connecting', scenario: 'connecting', steps: [unreachable] },
  { name: 'unreachable', scenario: 'unreachable', steps: [unreachable] },
  {
    name: 'address-edit',
    scenario: 'unreachable',
    steps: [unreachable, { press: 'attempt.edit' }, { see: 'attempt.field' }],
  },
  { name: 'away', scenario: 'away', steps: [bob, { see: 'away.details' }] },
  {
    name: 'row-menu',
    scenario: 'busy',
    steps: [{ menuOf: 'weather-station' }, { see: 'row.markRead' }],
  },
  {
    name: 'find',
    scenario: 'busy',
    steps: [bob, menu, { press: 'search.here' }, { search: 'the' }, { see: 'search.older' }],
  },
  {
    name: 'search-results',
    scenario: 'busy',
    steps: [{ field: 'search.label' }, { search: 'b' }, { read: 'sensor board' }],
  },
  {
    name: 'search-nothing',
    scenario: 'busy',
    steps: [{ field: 'search.label' }, { search: 'zzzz' }, { see: 'search.nothingHint' }],
  },
  { name: 'message-menu', scenario: 'busy', steps: messageMenu },
  {
    name: 'reply',
    scenario: 'busy',
    steps: [...messageMenu, { press: 'talk.reply' }, { see: 'talk.cancelReply' }],
  },
  {
    name: 'delete-message',
    scenario: 'busy',
    steps: [...messageMenu, { press: 'talk.delete' }, { see: 'talk.deleteYes' }],
  },
  {
    name: 'emoji',
    scenario: 'busy',
    steps: [bob, { press: 'emoji.open' }, { see: 'emoji.group.0' }, { read: '😀' }],
  },
  { name: 'key-changed', scenario: 'key-changed', steps: [bob] },
  { name: 'not-encrypted-now', scenario: 'not-encrypted-now', steps: [bob] },
  { name: 'conversation-menu', scenario: 'busy', steps: [bob, menu] },
  {
    name: 'check-running',
    scenario: 'unreachable',
    steps: [unreachable, { press: 'help.whatIsWrong' }, { see: 'help.running' }],
    doctorTime: 3_600_000,
  },
  {
    name: 'check-failed',
    scenario: 'unreachable',
    steps: [unreachable, { press: 'help.whatIsWrong' }, { see: 'help.steps' }],
  },
  {
    name: 'check-warning',
    scenario: 'busy',
    steps: [bob, menu, { press: 'help.title' }, { see: 'help.steps' }],
  },
  { name: 'wire-off', scenario: 'busy', steps: log },
  {
    name: 'wire-on',
    scenario: 'busy',
    steps: [...log, { turn: 'wire.keep' }, { unfold: 'link.deliver' }],
  },
  { name: 'contact', scenario: 'verified', steps: [bob, ...details] },
  { name: 'contact-not-compared', scenario: 'known', steps: [bob, ...details] },
  { name: 'contact-without-key', scenario: 'busy', steps: [{ open: 'Noor' }, ...details] },
  {
    name: 'forget',
    scenario: 'known',
    steps: [bob, ...details, { press: 'contact.remove' }, { see: 'contact.removeYes' }],
  },
  {
    name: 'share',
    scenario: 'known',
    steps: [{ press: 'share.open' }, { see: 'share.copyInvite' }],
  },
  { name: 'settings', scenario: 'empty', steps: [...settings] },
  {
    name: 'settings-notifications',
    scenario: 'empty',
    steps: [
      ...settings,
      { turn: 'notifications.level.text' },
      { see: 'notifications.set.text' },
      { show: 'notifications.title' },
    ],
  },
  {
    name: 'settings-notifications-denied',
    scenario: 'empty',
    steps: [
      ...settings,
      { turn: 'notifications.level.name' },
      { see: 'notifications.denied' },
      { show: 'notifications.title' },
    ],
    notices: 'denied',
  },
  {
    name: 'settings-notifications-ask',
    scenario: 'empty',
    steps: [...settings, { see: 'notifications.ask' }, { show: 'notifications.title' }],
    preferences: { notifications: 'text' },
    notices: 'ask',
  },
  {
    name: 'settings-desktop',
    scenario: 'empty',
    steps: [...settings, { see: 'desktop.title' }, { show: 'desktop.title' }],
    desktop: { ...FULL_DESKTOP, update: { phase: 'ready', version: '0.2.0' } },
  },
  {
    name: 'settings-desktop-bare',
    scenario: 'empty',
    steps: [...settings, { see: 'desktop.title' }, { show: 'desktop.title' }],
    desktop: BARE_DESKTOP,
  },
  {
    name: 'settings-data',
    scenario: 'empty',
    steps: [...settings, { see: 'data.where' }, { show: 'data.title' }],
  },
  {
    name: 'settings-about',
    scenario: 'empty',
    steps: [...settings, { see: 'data.where' }, { show: 'about.seenTitle' }],
  },
  {
    name: 'delete-everything',
    scenario: 'busy',
    steps: [...settings, { press: 'data.delete' }, { see: 'data.deleteYes' }],
  },
  {
    name: 'shortcuts',
    scenario: 'empty',
    steps: [...settings, { press: 'settings.shortcuts' }, { see: 'keys.groupFind' }],
  },
];
