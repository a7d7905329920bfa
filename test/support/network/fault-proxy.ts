import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { FaultLane, type LaneFault } from './fault-lane.ts';

/** What happens to one connection, by direction as the dialling side sees it. */
export interface Fault {
  readonly out?: LaneFault;
  readonly back?: LaneFault;
}

/** One relayed connection and what has passed on it. */
export interface Relayed {
  /** From 0, in the order of acceptance. */
  readonly index: number;
  /** From the dialling side. */
  readonly out: FaultLane;
  /** To the dialling side. */
  readonly back: FaultLane;
  /** Whether the dialling side's connection is gone. */
  readonly closed: boolean;
  readonly cut: (how: 'rst' | 'fin') => void;
}

export interface FaultProxyOptions {
  /** The port of 127.0.0.1 that connections are relayed to. */
  readonly target: number;
  /** The port to listen on; 0, the default: any free one. */
  readonly port?: number;
  /** The fault of each new connection; none by default. */
  readonly plan?: (index: number) => Fault;
  /** Called for every chunk that arrives, before it is passed on. */
  readonly onBytes?: (connection: Relayed, direction: 'out' | 'back') => void;
}

/** A TCP relay on 127.0.0.1 that misbehaves as told. */
export interface FaultProxy {
  readonly port: number;
  /** Every connection ever accepted, oldest first. */
  readonly connections: readonly Relayed[];
  /** Gives new connections these faults from now on. */
  readonly planNext: (plan: (index: number) => Fault) => void;
  /** Applies one fault to all open and all new connections. */
  readonly apply: (fault: Fault) => void;
  /** New connections are relayed faithfully from now on; the open ones are cut. */
  readonly heal: () => void;
  /** Ends all open connections. */
  readonly cutAll: (how: 'rst' | 'fin') => void;
  /** Relays new connections to another port of 127.0.0.1. */
  readonly retarget: (port: number) => void;
  readonly stop: () => Promise<void>;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  let { target } = options;
  let plan: NonNullable<FaultProxyOptions['plan']> = options.plan ?? (() => ({}));
  const connections: Relayed[] = [];
  const open = new Set<Relayed>();

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true });
    const relayed = relay(connections.length, near, far);
    connections.push(relayed);
    open.add(relayed);
    near.once('close', () => open.delete(relayed));
    const { out, back } = plan(relayed.index);
    relayed.out.fault = out ?? { type: 'none' };
    relayed.back.fault = back ?? { type: 'none' };
  });

  const relay = (index: number, near: Socket, far: Socket): Relayed => {
    const cut = (how: 'rst' | 'fin') => {
      for (const socket of [near, far]) {
        if (how === 'rst') socket.resetAndDestroy();
        else socket.end();
      }
    };
    const lane = (from: Socket, to: Socket, direction: 'out' | 'back') =>
      new FaultLane(from, to, { cut, onBytes: () => options.onBytes?.(relayed, direction) });
    const relayed: Relayed = {
      index,
      out: lane(near, far, 'out'),
      back: lane(far, near, 'back'),
      get closed() {
        return near.closed;
      },
      cut,
    };
    // A side that vanished takes the other along, unless a fault keeps that from being noticed.
    near.once('close', () => !relayed.out.swallows && far.destroy());
    far.once('close', () => !relayed.back.swallows && near.destroy());
    return relayed;
  };

  const cutAll = (how: 'rst' | 'fin') => {
    for (const relayed of [...open]) relayed.cut(how);
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    planNext: (next) => {
      plan = next;
    },
    apply: (fault) => {
      plan = () => fault;
      for (const { out, back } of open) {
        out.fault = fault.out ?? { type: 'none' };
        back.fault = fault.back ?? { type: 'none' };
      }
    },
    heal: () => {
      plan = () => ({});
      cutAll('rst');
    },
    cutAll,
    retarget: (port) => {
      target = port;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      cutAll('rst');
      await closed;
    },
  };
}
