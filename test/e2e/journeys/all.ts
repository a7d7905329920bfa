import type { Host } from '../../support/hosts/host.ts';
import { changedKeyAccepted, changedKeyRefused, changedKeyWritesFirst } from './changed-key.ts';
import { connectionLog } from './connection-log.ts';
import { exportDeleteImport } from './export-and-import.ts';
import { failedConnectionMended } from './failed-connection.ts';
import { keyboardOnly } from './keyboard-only.ts';
import { lateDelivery } from './late-delivery.ts';
import { narrowWindow } from './narrow-window.ts';
import { blockedAndUnblocked, requestAccepted } from './requests.ts';
import { rightToLeft } from './right-to-left.ts';
import { searchAndJump } from './search-and-jump.ts';
import { twoStrangers } from './two-strangers.ts';

export interface Journey {
  readonly title: string;
  readonly run: (host: Host) => Promise<void>;
  /**
   * Nothing in it depends on the host: the same page talks to the same core, over a bridge that the
   * other journeys cross in every host. So it runs in the browser host alone.
   */
  readonly inOneHost?: true;
}

/** What people go through with Parley, on two real peers. */
export const JOURNEYS: readonly Journey[] = [
  { title: 'two people who know nothing of Parley are soon chatting', run: twoStrangers },
  {
    title: 'a connection that fails says why and what to do, and works once that is done',
    run: failedConnectionMended,
    inOneHost: true,
  },
  {
    title: 'what is written while the friend is away arrives once, after both have restarted',
    run: lateDelivery,
  },
  {
    title: 'a changed key stops all sending, until it is compared and accepted',
    run: changedKeyAccepted,
    inOneHost: true,
  },
  {
    title: 'a changed key that is not accepted hears nothing',
    run: changedKeyRefused,
    inOneHost: true,
  },
  {
    title: 'a friend with a changed key who writes first becomes one conversation with the old one',
    run: changedKeyWritesFirst,
    inOneHost: true,
  },
  {
    title: 'a stranger’s request is read, accepted and answered',
    run: requestAccepted,
    inOneHost: true,
  },
  {
    title: 'whoever is blocked is not heard, until they are let in',
    run: blockedAndUnblocked,
    inOneHost: true,
  },
  {
    title: 'what was said years ago is found, and shown where it was said',
    run: searchAndJump,
    inOneHost: true,
  },
  { title: 'everything is exported, deleted and imported again', run: exportDeleteImport },
  {
    title: 'what goes over a connection can be watched, but not read',
    run: connectionLog,
    inOneHost: true,
  },
  { title: 'everything goes by keyboard alone', run: keyboardOnly, inOneHost: true },
  { title: 'a first chat in Arabic runs from right to left', run: rightToLeft, inOneHost: true },
  { title: 'two people chat in windows of 400 pixels', run: narrowWindow, inOneHost: true },
];
