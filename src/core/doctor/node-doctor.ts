import { hostname } from 'node:os';
import { RpcTarget } from 'capnweb';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';
import { problemOf } from '../../shared/problems/problem.ts';
import { systemWorld } from '../base/system-world.ts';
import type { World } from '../base/world.ts';
import { loadIdentity, newIdentity } from '../identity/identity-file.ts';
import type { Lookup } from '../net/dial/connect-tcp.ts';
import type { TlsCredentials } from '../net/dial/connect-tls.ts';
import { createDial } from '../net/dial/dial.ts';
import type { DialTimeouts } from '../net/dial/dial-context.ts';
import { createListen } from '../net/listen/server.ts';
import { CLOSE } from '../protocol/session.ts';
import type { Inbound, KnownContacts } from './deps.ts';
import { type DiagnoseOptions, diagnose } from './diagnose.ts';
import { createProbe } from './probe.ts';

export interface NodeDoctorOptions extends DiagnoseOptions {
  /**
   * A profile's folder, whose identity is presented if it has one. Otherwise an identity is
   * generated for this diagnosis only.
   */
  readonly dataDir: string | null;
  /** The port for the dial-back; 0 for any free port; null requests none. */
  readonly listenPort: number | null;
  /** The contacts of the profile; without them the report does not mention any. */
  readonly contacts?: KnownContacts;
  readonly world?: World;
  readonly timeouts?: Partial<DialTimeouts>;
  readonly lookup?: Lookup;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Examines the path to an address without a running peer. Listens, if at all, only during the
 * dial-back. Rejects with a `ProblemError` when the profile's identity cannot be read.
 */
export async function diagnoseAlone(
  address: string,
  options: NodeDoctorOptions,
): Promise<Diagnosis> {
  const { dataDir, timeouts = {}, onUnexpected, world = systemWorld } = options;
  const kept = dataDir === null ? null : await loadIdentity(dataDir);
  const { identity, privateKeyPem, certificatePem } = kept ?? (await newIdentity(world));
  const tls: TlsCredentials = { key: privateKeyPem, cert: certificatePem };
  const limits = DEFAULT_LIMITS;
  const network = {
    world,
    limits,
    tls,
    timeouts,
    ...(options.lookup && { lookup: options.lookup }),
  };
  return diagnose(
    address,
    {
      world,
      limits,
      identity,
      probe: createProbe(network),
      dial: createDial(network),
      isOwn: () => false,
      contacts: options.contacts ?? null,
      inbound: (localHost) => listenFor(options, { world, tls, localHost, shared: kept !== null }),
      onUnexpected,
    },
    options,
  );
}

interface Listening {
  readonly world: World;
  readonly tls: TlsCredentials;
  readonly localHost: string;
  /** Whether a running process may have the same identity. */
  readonly shared: boolean;
}

/** Listens on the address that the other side sees us at, and closes every connection. */
async function listenFor(
  { listenPort, onUnexpected }: NodeDoctorOptions,
  { world, tls, localHost, shared }: Listening,
): Promise<Inbound> {
  if (listenPort === null) {
    return { type: 'none', reason: 'No port to call back on was given (--listen PORT).' };
  }
  const listen = createListen({
    world,
    limits: DEFAULT_LIMITS,
    tls,
    machineNames: [hostname()],
    allowedHostNames: [],
    onUnexpected,
  });
  try {
    const { port, close } = await listen(
      { host: localHost, port: listenPort, searchPort: false },
      {
        admits: () => true,
        batchMain: () => new RpcTarget(),
        onChannel: (channel) => channel.close(CLOSE.normal, 'only a test of the way'),
      },
    );
    return { type: 'listening', port, localOnly: false, close };
  } catch (error) {
    // The running process of this profile listens there itself, with the same identity.
    if (!shared || problemOf(error).code !== 'port-in-use') throw error;
    return { type: 'listening', port: listenPort, localOnly: false, close: async () => {} };
  }
}
