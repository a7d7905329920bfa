import { systemWorld } from '../../../core/base/system-world.ts';
import type { Peer } from '../../../core/peer.ts';
import type { PeerAddress } from '../../../shared/address/address.ts';
import { DEFAULT_PORT } from '../../../shared/address/address-authority.ts';
import { uuidv7 } from '../../../shared/model/ids.ts';
import type { ContactId, Reach } from '../../../shared/model/model.ts';
import { ProblemError, problemOf } from '../../../shared/problems/problem.ts';
import type { CommandDeps } from '../command.ts';
import { stopRequest } from '../stop-request.ts';
import { typedLines } from '../typed-lines.ts';
import { reporter } from '../unexpected.ts';
import { exampleFriend } from './cast.ts';
import { exportUrl, peerLabel } from './peer-label.ts';
import { approach, callOnStart } from './start-call.ts';
import type { ServeView } from './view.ts';
import { Watch } from './watch.ts';

/** The argument of `--peer`. */
export interface GivenPeer {
  /** As typed: an invite is more than an address. */
  readonly text: string;
  readonly address: PeerAddress;
}

export interface ServeOptions {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly peer: GivenPeer | undefined;
  /** The name of the peer until it announces its own. */
  readonly peerName: string | undefined;
  readonly reach: Reach | undefined;
  readonly openContract: Reach | undefined;
  /** null: nothing on disk. */
  readonly dataDir: string | null;
  readonly allowedHostNames: readonly string[];
}

type Deps = Pick<CommandDeps, 'io' | 'startPeer' | 'defaultName'>;

/** Serves until asked to stop. Rejects with a `ProblemError` when it cannot start. */
export async function runServe(options: ServeOptions, view: ServeView, deps: Deps): Promise<void> {
  const stop = stopRequest(deps.io);
  const { name, port, host, reach, openContract, dataDir, allowedHostNames } = options;
  const unexpected = reporter(deps.io);
  const watch = new Watch(view);
  try {
    view.starting(name ?? deps.defaultName, port ?? DEFAULT_PORT);
    const peer = await deps.startPeer({
      name,
      port,
      host,
      reach,
      openContract,
      dataDir,
      allowedHostNames,
      // A terminal cannot ask about requests: whoever starts it wants to be called.
      acceptsStrangers: true,
      onLoaded: (app) => watch.follow(app),
      defaultName: deps.defaultName,
      onUnexpected: unexpected,
    });
    const session = new ServeSession(options, view, peer, watch, deps);
    await watch.start(peer.app, (self) => view.running(self, exportUrl(self)));
    session.talk(stop.signal).catch(unexpected);
    const reason = await stop.reason;
    session.close();
    watch.stopping();
    await stop.bounded(peer.stop());
    view.stopped(reason);
  } finally {
    // A failed start may have changed messages all the same.
    watch.release();
    watch.close();
    stop.dispose();
  }
}

/** The example's calls on start, then the lines of standard input. */
class ServeSession {
  readonly #options: ServeOptions;
  readonly #view: ServeView;
  readonly #peer: Peer;
  readonly #watch: Watch;
  readonly #deps: Deps;
  #close: () => void = () => undefined;

  constructor(options: ServeOptions, view: ServeView, peer: Peer, watch: Watch, deps: Deps) {
    this.#options = options;
    this.#view = view;
    this.#peer = peer;
    this.#watch = watch;
    this.#deps = deps;
  }

  async talk(signal: AbortSignal): Promise<void> {
    const { peer } = this.#options;
    const contact = peer ? await this.#meet(peer, signal) : this.#waitForAnyone();
    if (!signal.aborted) await this.#sendLines(contact);
  }

  close(): void {
    this.#close();
  }

  #waitForAnyone(): null {
    this.#view.introduced(this.#watch.self, null);
    this.#view.waiting(this.#watch.self, null);
    return null;
  }

  /** Calls the peer once, and has the core keep a link to it from then on. */
  async #meet(peer: GivenPeer, signal: AbortSignal): Promise<ContactId | null> {
    const { app, openClient } = this.#peer;
    const view = this.#view;
    // The core first: it pins an invite's identity before anything is dialled.
    const contact = await app
      .connect({ address: peer.text })
      .catch((error: unknown) => ({ problem: problemOf(error) }));
    if ('problem' in contact) {
      const label = peerLabel(peer.address, this.#options.peerName ?? null);
      view.introduced(this.#watch.self, label);
      view.callFailed(label, contact.problem);
      view.waiting(this.#watch.self, label);
      return null;
    }
    const { client, name } = approach(() => openClient(peer.address, signal));
    const label = peerLabel(peer.address, await this.#nameFor(name));
    if (signal.aborted) return null;
    view.introduced(this.#watch.self, label);
    await callOnStart(view, this.#watch.self, label, client);
    if (!signal.aborted) view.waiting(this.#watch.self, label);
    return contact.contactId;
  }

  async #nameFor(announced: Promise<string | null>): Promise<string | null> {
    return (
      this.#options.peerName ?? (await announced) ?? exampleFriend(this.#watch.self.name) ?? null
    );
  }

  /** Each line typed is a message to the peer. The end of the input is not the end of serving. */
  async #sendLines(contact: ContactId | null): Promise<void> {
    const { stdin } = this.#deps.io;
    this.#close = () => stdin.destroy();
    for await (const line of typedLines(stdin)) {
      if ('problem' in line) this.#view.lineRefused(line.problem);
      else if (line.text.trim() === '') continue;
      else if (contact === null) this.#view.lineRefused(null);
      else await this.#send(this.#watch.current(contact), line.text);
    }
  }

  async #send(contactId: ContactId, body: string): Promise<void> {
    const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
    try {
      await this.#peer.app.send({ contactId, id, body });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#view.lineRefused(error.problem);
    }
  }
}
