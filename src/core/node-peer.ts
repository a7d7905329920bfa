import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { isLoopbackHost, type PeerAddress } from '../shared/address/address.ts';
import { DEFAULT_LIMITS, type Limits } from '../shared/model/limits.ts';
import type { Identity } from '../shared/model/model.ts';
import { type Problem, ProblemError, problem } from '../shared/problems/problem.ts';
import { boundHeapGrowth } from './base/heap-growth.ts';
import { makePrivateFolder } from './base/private-folder.ts';
import { systemWorld } from './base/system-world.ts';
import { watchNetwork } from './connections/network-watch.ts';
import { type Control, startControl } from './control/control-server.ts';
import { openOrTakeOver } from './control/take-over.ts';
import { createProbe } from './doctor/probe.ts';
import { ownAddresses } from './endpoint/own-addresses.ts';
import type { PeerIdentity } from './identity/generate-identity.ts';
import { loadOrMakeIdentity, newIdentity, type SecretBox } from './identity/identity-file.ts';
import type { TlsCredentials } from './net/dial/connect-tls.ts';
import { createDial } from './net/dial/dial.ts';
import { createListen } from './net/listen/server.ts';
import { systemScheduler } from './net/scheduling/system-scheduler.ts';
import { createPeer, type Peer, type PeerOptions } from './peer.ts';
import { type ProfileData, profileData } from './profile/profile-data.ts';
import { type OpenClient, openClient } from './protocol/open-client.ts';
import type { Heartbeat } from './protocol/session.ts';
import { createMemoryStore } from './storage/memory/memory-store.ts';
import { HISTORY_FILE, type Store } from './storage/store.ts';

/**
 * `quiet` is for a command on a profile whose app does not run (see open-profile.ts). `readOnly` goes
 * with it: it leaves no trace in the profile's folder, and presents no identity.
 */
export interface NodePeerOptions extends PeerOptions {
  /** The profile's folder; null keeps nothing on disk. */
  readonly dataDir: string | null;
  /** Host names, besides this machine's own, by which plain HTTP callers may reach us. */
  readonly allowedHostNames?: readonly string[];
  readonly limits?: Limits;
  /** How soon a silent link is noticed; tests shorten it. */
  readonly heartbeat?: Heartbeat;
  /** Seals the private key on disk where the host can; null, the default, does not. */
  readonly secretBox?: SecretBox | null;
  readonly onUnexpected: (error: unknown) => void;
}

export interface NodePeer extends Peer {
  readonly data: ProfileData;
  /** Whether the private key lies on disk sealed by the secret box. */
  readonly keySealed: boolean;
  /** Resolves when no other program uses this profile through us. */
  readonly idle: () => Promise<void>;
  /** Fires, with an `app-gone` problem, when we are quiet and the app wants the profile. */
  readonly wanted: AbortSignal;
}

/**
 * Starts a peer on the real network and disk. On a profile it also serves the user's commands
 * (control/), which cannot open the profile beside it. Rejects with a `ProblemError`.
 */
export async function startNodePeer(options: NodePeerOptions): Promise<NodePeer> {
  const { dataDir, onUnexpected, limits = DEFAULT_LIMITS } = options;
  const world = systemWorld;
  boundHeapGrowth();
  const folderProblem = dataDir === null ? null : privateFolderProblem(dataDir);
  const store = await openStore(dataDir, options);
  try {
    const identity = await (dataDir === null || options.readOnly
      ? newIdentity(world).then((made) => ({ ...made, sealed: false }))
      : loadOrMakeIdentity(dataDir, world, { secretBox: options.secretBox, onUnexpected }));
    const scheduler = systemScheduler(limits);
    const tls = credentials(identity);
    const peer = await createPeer(
      {
        world,
        store,
        limits,
        onUnexpected,
        identity: identity.identity,
        dial: createDial({ world, limits, scheduler, tls }),
        probe: createProbe({ world, limits, tls }),
        listen: createListen({
          world,
          limits,
          scheduler,
          tls,
          machineNames: [hostname()],
          allowedHostNames: options.allowedHostNames ?? [],
          onUnexpected,
        }),
        setOwnFlow: (who, has) => scheduler.setOwnFlow(who, has),
        addresses: (ownHost, port) => ownAddresses(networkInterfaces(), ownHost, port),
        ...(options.heartbeat && { heartbeat: options.heartbeat }),
      },
      options,
    );
    peer.warn('folder', folderProblem);
    const stopWatching = watchNetwork({
      world,
      fingerprint: () => JSON.stringify(networkInterfaces()),
      onChange: peer.networkChanged,
    });
    const wanted = new AbortController();
    const onYield = () => wanted.abort(new ProblemError(problem('app-gone')));
    const control = await serveCommands(options, peer, onYield);
    return {
      ...peer,
      wanted: wanted.signal,
      keySealed: identity.sealed,
      data: profileData(dataDir, peer.transfer),
      idle: async () => control?.idle(),
      stop: async () => {
        stopWatching();
        // Before the lock is released: after it, the socket's path belongs to the next process.
        await control?.close();
        await peer.stop();
      },
      halt: () => {
        stopWatching();
        peer.halt();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The peer works without it, so a failure does not prevent a start. */
async function serveCommands(
  options: NodePeerOptions,
  { app, transfer }: Peer,
  onYield: () => void,
): Promise<Control | null> {
  const { dataDir, onUnexpected, quiet = false, readOnly = false } = options;
  if (dataDir === null || readOnly) return null;
  const isApp = !quiet;
  try {
    return await startControl({ dataDir, app, transfer, isApp, onYield, onUnexpected });
  } catch (error) {
    onUnexpected(error);
    return null;
  }
}

export interface OpenClientOptions {
  /** The identity that an invite pins for the address; no other is accepted. */
  readonly expectIdentity?: Identity | null;
  readonly limits?: Limits;
  readonly signal?: AbortSignal;
}

/**
 * A client of the open contract for one address, without a server. From another computer a peer
 * answers only authenticated callers, so a temporary identity is generated: to the other side each
 * such client is a new stranger.
 */
export async function connectOpenClient(
  address: PeerAddress,
  options: OpenClientOptions = {},
): Promise<OpenClient> {
  const { limits = DEFAULT_LIMITS, signal, expectIdentity = null } = options;
  const tls = isLoopbackHost(address.host) ? null : credentials(await newIdentity(systemWorld));
  const dial = createDial({ world: systemWorld, limits, tls });
  return openClient({ world: systemWorld, dial, rootFor: () => undefined }, address, {
    expectIdentity,
    signal,
  });
}

function credentials({ privateKeyPem, certificatePem }: PeerIdentity): TlsCredentials {
  return { key: privateKeyPem, cert: certificatePem };
}

/** An unusable folder is reported when the store is opened. */
function privateFolderProblem(dataDir: string): Problem | null {
  try {
    return makePrivateFolder(dataDir);
  } catch {
    return null;
  }
}

async function openStore(
  dataDir: string | null,
  { quiet = false, readOnly = false }: Pick<NodePeerOptions, 'quiet' | 'readOnly'>,
): Promise<Store> {
  if (dataDir === null) return createMemoryStore();
  // Loaded on first use: it brings SQLite.
  const { openSqliteStore } = await import('./storage/sqlite/store.ts');
  const open = () =>
    openSqliteStore({ path: join(dataDir, HISTORY_FILE), world: systemWorld, readOnly });
  return quiet ? open() : openOrTakeOver(dataDir, open);
}
