import type { PeerAddress } from '../shared/address/address.ts';
import type { PeerApp } from '../shared/bridge/chat-bridge.ts';
import type { Limits } from '../shared/model/limits.ts';
import type { Identity, OwnAddress } from '../shared/model/model.ts';
import { type Problem, ProblemError, problem, problemOf } from '../shared/problems/problem.ts';
import { EventLog } from './base/event-log.ts';
import { type WarningAbout, Warnings } from './base/warnings.ts';
import type { World } from './base/world.ts';
import { createCommands, untilStopped } from './commands.ts';
import { AddressExchange } from './connections/address-exchange.ts';
import { CapabilityFactory } from './connections/capability-factory.ts';
import { Connections } from './connections/connections.ts';
import { Copies } from './connections/copies.ts';
import { DialBack } from './connections/dial-back.ts';
import { FrameRecorder } from './connections/frame-recorder.ts';
import { ContactBook } from './contacts/contact-book.ts';
import { OwnFlows } from './contacts/own-flows.ts';
import { StrangerQuota } from './contacts/stranger-quota.ts';
import { Strangers } from './contacts/strangers.ts';
import { peerDoctor } from './doctor/peer-doctor.ts';
import type { Probe } from './doctor/probe.ts';
import { LocalEndpoint, type LocalEndpointOptions } from './endpoint/local-endpoint.ts';
import { OwnSettings, type OwnSettingsOptions } from './endpoint/own-settings.ts';
import { Inbox } from './messages/inbox.ts';
import { Messages } from './messages/messages.ts';
import { Outbox } from './messages/outbox.ts';
import { Signals } from './messages/receipts-and-typing.ts';
import { createTransfer, type Transfer } from './profile/transfer.ts';
import type { Dial, Listen } from './protocol/channel.ts';
import { type OpenClient, openClient } from './protocol/open-client.ts';
import { HEARTBEAT, type Heartbeat } from './protocol/session.ts';
import type { Store } from './storage/store.ts';
import { watchedStore } from './storage/watched-store.ts';
import { createTrust } from './trust.ts';

/** A peer's dependencies on the outside world, injected. */
export interface PeerDeps {
  readonly world: World;
  readonly store: Store;
  readonly dial: Dial;
  /** The layers below a dial, one by one, for the connection doctor. */
  readonly probe: Probe;
  readonly listen: Listen;
  readonly identity: Identity | null;
  readonly limits: Limits;
  readonly addresses: (host: string, port: number) => readonly OwnAddress[];
  readonly heartbeat?: Heartbeat;
  /** Gives an identity its own scheduling flow, or takes it away: see `FairScheduler`. */
  readonly setOwnFlow?: (identity: Identity, has: boolean) => void;
  /** Called with unexpected errors; never with a user's or a peer's mistake. */
  readonly onUnexpected: (error: unknown) => void;
}

export interface PeerOptions extends LocalEndpointOptions, OwnSettingsOptions {
  /** Accepts every stranger at once: for an unattended peer. */
  readonly acceptsStrangers?: boolean | undefined;
  /** Nothing can be written: what a killed process has left unfinished stays as it is. */
  readonly readOnly?: boolean;
  /**
   * Awaited once the stored state is loaded and before anything can happen: nothing is listened on,
   * dialled or changed yet. A subscription made here misses no event of this peer.
   */
  readonly onLoaded?: ((app: PeerApp) => Promise<void>) | undefined;
}

/** A running peer. */
export interface Peer {
  /** Commands and events, for the user interface of this peer. */
  readonly app: PeerApp;
  /**
   * Dials an address as a client of the open contract, with our identity if the other side supports
   * it.
   */
  readonly openClient: (address: PeerAddress, signal?: AbortSignal) => Promise<OpenClient>;
  /** Call when this computer's network changed, or when it woke from sleep. */
  readonly networkChanged: () => void;
  readonly transfer: Transfer;
  /** Shows our user a warning about our own side, until null clears it. */
  readonly warn: (about: WarningAbout, problem: Problem | null) => void;
  /** Closes all links, then the port and the store. */
  readonly stop: () => Promise<void>;
  /**
   * For a system that is shutting down: accepted messages are committed and the store is closed
   * before this returns, and nothing else is awaited.
   */
  readonly halt: () => void;
}

/** Starts a peer. Rejects with a `ProblemError` when it cannot listen or read its store. */
export async function createPeer(given: PeerDeps, options: PeerOptions): Promise<Peer> {
  const warnings = new Warnings(() => endpoint.changed());
  const watched = watchedStore(given.store, {
    world: given.world,
    onProblem: (found) => {
      warnings.set('history', found);
      if (found === null) announceReady();
    },
  });
  const deps: PeerDeps = { ...given, store: watched.store };
  const { world, store, dial, limits } = deps;
  const stopping = new AbortController();
  /** Calls under way when the peer stops end like this: not unexpected. */
  const onUnexpected = (error: unknown): void => {
    if (stopping.signal.aborted && problemOf(error).code === 'stopped') return;
    deps.onUnexpected(error);
  };
  const events = new EventLog(onUnexpected);
  const book = new ContactBook({ world, store, events });
  const messages = new Messages({ store, events, conversations: book.conversations });
  const strangers = new Strangers({
    world,
    limits,
    book,
    onUnexpected,
    forget: (id) => {
      connections.drop(id);
      return book.removeEmpty(id);
    },
  });
  const quota = new StrangerQuota({
    store,
    book,
    events,
    networkOf: (contact) => strangers.networkOf(contact),
    onRoom: () => {
      warnings.set('strangers', null);
      announceReady();
    },
    onFull: () => warnings.set('strangers', problem('strangers-full')),
  });
  const inbox: Inbox = new Inbox({
    world,
    limits,
    store,
    book,
    messages,
    quota,
    ownName: () => settings.now.name,
  });
  const settings: OwnSettings = new OwnSettings(
    { store, limits, warnings, onChanged: () => endpoint.changed() },
    options,
  );
  const endpoint: LocalEndpoint = new LocalEndpoint(
    { ...deps, settings, events, warnings },
    options,
  );
  const signals = new Signals({
    world,
    book,
    messages,
    store,
    events,
    settings: () => settings.now,
    onUnexpected,
  });
  const exchange = new AddressExchange({
    world,
    book,
    own: () => endpoint.reachableAt(),
    onUnexpected,
  });
  events.subscribe(events.seq, (batch) => exchange.follow(batch));
  const instance = Buffer.from(world.randomBytes(16)).toString('hex');
  const copies = new Copies({ world, book, warnings, instance });
  const capabilities = new CapabilityFactory({
    ...deps,
    onUnexpected,
    book,
    inbox,
    strangers,
    strangerPolicy: options.acceptsStrangers ? 'accepted' : 'request',
    linkHandlers: (id) => ({
      deliver: (envelopes) => inbox.deliver(id, envelopes),
      read: (upTo) => signals.read(id, upTo),
      typing: () => signals.typing(id),
      elsewhere: () => copies.seenBy(id),
      addresses: (addresses) => exchange.received(id, addresses),
      ready: () => outbox.ready(id),
    }),
    dialBack: new DialBack({ world, dial, signal: stopping.signal }),
    ownName: () => settings.now.name,
  });
  const outbox: Outbox = new Outbox({
    ...deps,
    onUnexpected,
    book,
    messages,
    onUnreachable: (id) => connections.unreachable(id),
  });
  const recorder = new FrameRecorder(world);
  const connections: Connections = new Connections({
    ...deps,
    onUnexpected,
    recorder,
    book,
    capabilities,
    outbox,
    signals,
    exchange,
    isOwnHost: (host) => endpoint.isOwnHost(host),
    copies,
    hello: () => ({ protocol: 1, name: settings.now.name, port: endpoint.port, instance }),
    heartbeat: deps.heartbeat ?? HEARTBEAT,
  });

  /** Sends `ready` to contacts that were deferred (quota, or a failing disk). */
  const announceReady = (): void => {
    for (const id of inbox.takeDeferred()) void signals.sendReady(id);
  };

  await book.conversations.load();
  const ownFlows = new OwnFlows({ book, setOwnFlow: deps.setOwnFlow ?? (() => {}) });
  events.subscribe(events.seq, (batch) => ownFlows.follow(batch));
  const trust = createTrust({ book, store, outbox, signals, connections });
  const commands = createCommands({
    recorder,
    world,
    limits,
    events,
    endpoint,
    book,
    messages,
    outbox,
    signals,
    connections,
    trust,
    diagnose: peerDoctor({ ...deps, endpoint, book, connections, signal: stopping.signal }),
  });
  const app: PeerApp = {
    ...untilStopped(commands, stopping.signal),
    subscribe: (afterSeq, listener) => events.subscribe(afterSeq, listener),
  };
  await options.onLoaded?.(app);
  if (!options.readOnly) await outbox.recover();
  await endpoint.start({
    admits: ({ identity, remoteHost }) =>
      identity !== null || endpoint.answersOpenContract(remoteHost),
    knows: (identity) => book.byIdentity(identity)?.policy === 'accepted',
    isChosen: (identity) => book.byIdentity(identity)?.chosen === true,
    batchMain: (caller) => capabilities.mainCapability(caller, null, null),
    onChannel: (channel) => connections.acceptChannel(channel),
  });
  if (!options.quiet) connections.start();

  return {
    app,
    openClient: (address, signal) =>
      openClient(
        { world, dial, rootFor: (channel) => capabilities.mainCapability(channel, null, null) },
        address,
        { expectIdentity: book.atAddress(address)[0]?.identity ?? null, signal },
      ),
    transfer: createTransfer({
      world,
      store,
      identity: deps.identity,
      events,
      book,
      // As for any imported contact: a resemblance to another one is not new.
      decide: (contactId, policy) => trust.setPolicy({ contactId, policy, really: true }),
      onImported: async () => {
        if (!options.quiet) connections.start();
        for (const id of await store.contactsWithPending()) outbox.flush(id);
      },
    }),
    warn: (about, found) => warnings.set(about, found),
    networkChanged: () => {
      endpoint.changed();
      connections.retryAll();
    },
    stop: async () => {
      stopping.abort(new ProblemError(problem('stopped')));
      watched.stop();
      connections.stop();
      copies.stop();
      await endpoint.stop();
      await outbox.settle();
      await store.close();
    },
    halt: () => {
      stopping.abort(new ProblemError(problem('stopped')));
      watched.stop();
      connections.stop();
      store.close().catch(onUnexpected);
    },
  };
}
