import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PeerApp } from '../shared/bridge/chat-bridge.ts';
import { problemOf, raise } from '../shared/problems/problem.ts';
import { connectControl } from './control/control-client.ts';
import { remoteApp, remoteTransfer } from './control/remote-profile.ts';
import { isClaimed } from './control/take-over.ts';
import type { NodePeerOptions, startNodePeer } from './node-peer.ts';
import type { Transfer } from './profile/transfer.ts';
import { HISTORY_FILE } from './storage/store.ts';

/** How long to wait for an app that is starting or stopping, milliseconds. */
const TIMEOUT_MS = 10_000;
const POLL = 50;
/**
 * How long other commands may continue through this process while the app wants to start,
 * milliseconds.
 */
const YIELD_TIMEOUT_MS = 1_000;

/** A profile to run commands on, whether or not its app runs. */
export interface Profile {
  readonly app: PeerApp;
  readonly transfer: Transfer;
  /** Whether the app runs on it, so that it keeps running after this command. */
  readonly isApp: boolean;
  /**
   * Fires, with an `app-gone` problem, when the process that runs the commands has ended or is
   * about to: the app ended, or it wants to start while we hold the profile. Reopening the profile
   * helps.
   */
  readonly lost: AbortSignal;
  /**
   * Closes it, after other commands that run through this process, or at once if `signal` fires.
   */
  readonly close: (signal?: AbortSignal) => Promise<void>;
}

export interface OpenProfileOptions {
  readonly dataDir: string;
  /** Creates a missing profile; otherwise that is a `no-profile` problem. */
  readonly create: boolean;
  /** For a command that only reads: a read-only profile will do. */
  readonly readsOnly?: boolean;
  readonly defaultName: string;
  readonly onUnexpected: (error: unknown) => void;
  /** How long to wait for an app that holds the profile and does not answer (yet), milliseconds. */
  readonly timeoutMs?: number;
  readonly start: typeof startNodePeer;
}

/**
 * Opens a profile for commands. While the app runs on it, they go through the app; otherwise the
 * core runs in this process until `close`, quietly: it does not listen, and dials only the contacts
 * that a command names. Concurrent commands on a stopped profile share the process of the first.
 *
 * Rejects with `no-profile`, `profile-in-use`, `identity-sealed` or as the store does.
 */
export async function openProfile(options: OpenProfileOptions): Promise<Profile> {
  const { dataDir, create, timeoutMs = TIMEOUT_MS } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const connection = await connectControl(dataDir);
    if (connection) {
      return {
        app: remoteApp(connection),
        transfer: remoteTransfer(connection),
        isApp: connection.isApp,
        lost: connection.lost,
        close: async () => connection.close(),
      };
    }
    if (!create && !existsSync(join(dataDir, HISTORY_FILE))) raise('no-profile', { dataDir });
    try {
      if (!(await isClaimed(dataDir))) return await startQuietly(options);
    } catch (error) {
      const { code } = problemOf(error);
      if (code === 'storage' && options.readsOnly) return await startQuietly(options, true);
      if (code !== 'profile-in-use' || performance.now() > deadline) throw error;
    }
    await delay(POLL);
  }
}

async function startQuietly(options: OpenProfileOptions, readOnly = false): Promise<Profile> {
  const { dataDir, defaultName, onUnexpected, start } = options;
  const quiet: NodePeerOptions = { dataDir, defaultName, onUnexpected, quiet: true, readOnly };
  const peer = await start(quiet);
  return {
    app: peer.app,
    transfer: peer.transfer,
    isApp: false,
    lost: peer.wanted,
    close: async (signal) => {
      const wanted = fired(peer.wanted).then(() => delay(YIELD_TIMEOUT_MS, null, { ref: false }));
      await Promise.race([peer.idle(), wanted, ...(signal ? [fired(signal)] : [])]);
      await peer.stop();
    },
  };
}

function fired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
