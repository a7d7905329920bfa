import { RpcSession, type RpcStub } from 'capnweb';
import type { World } from '../base/world.ts';
import type { Channel, ChannelEnd } from './channel.ts';
import type { ParleyApi } from './contract.ts';

/** When a silent link is detected: at most `every + timeout` after it went dead. Milliseconds. */
export interface Heartbeat {
  readonly every: number;
  readonly timeout: number;
}

export const HEARTBEAT: Heartbeat = { every: 10_000, timeout: 10_000 };

/** WebSocket close codes (RFC 6455, section 7.4.1, and 4000 to 4999 for applications). */
export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  deadLink: 4000,
  superseded: 4001,
  refused: 4003,
};

/**
 * A Cap'n Web session over one channel, and the one owner of the other side's root stub: others use
 * `remote`, only `close` disposes it. Pings while it lives, so that a half-open link ends.
 */
export class Session {
  readonly channel: Channel;
  readonly remote: RpcStub<ParleyApi>;
  readonly #world: World;
  readonly #heartbeat: Heartbeat;
  #cancelPing: (() => void) | null = null;
  #ended = false;

  constructor(
    channel: Channel,
    root: object | undefined,
    world: World,
    heartbeat: Heartbeat = HEARTBEAT,
  ) {
    this.channel = channel;
    this.#world = world;
    this.#heartbeat = heartbeat;
    const session = new RpcSession<ParleyApi>(channel.transport, root);
    this.remote = session.getRemoteMain();
    // Called before any open call is rejected, so that a rejection can be interpreted.
    this.remote.onRpcBroken(() => this.#finish());
    void channel.closed.then(() => this.#finish());
    this.#schedulePing();
  }

  /** Whether the session is broken; true before the calls that were open on it are rejected. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves once when the channel has closed, for whatever reason. */
  get closed(): Promise<ChannelEnd> {
    return this.channel.closed;
  }

  close(code: number = CLOSE.normal, reason = ''): void {
    this.channel.close(code, reason);
    this.#finish();
  }

  /** Resolves when the other side has answered a ping; closes the session when it has not. */
  async check(): Promise<void> {
    try {
      await this.channel.ping(this.#heartbeat.timeout);
    } catch {
      this.close(CLOSE.deadLink, 'no answer to a ping');
    }
  }

  #schedulePing(): void {
    if (this.#ended) return;
    this.#cancelPing = this.#world.after(this.#heartbeat.every, () => {
      void this.check().then(() => this.#schedulePing());
    });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelPing?.();
    this.remote[Symbol.dispose]();
  }
}
