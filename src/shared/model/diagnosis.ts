import type { Problem } from '../problems/problem.ts';

/**
 * The layers that the connection doctor examines, in this order; each depends on those before it.
 * - `address`: the text is an address
 * - `name`: the name resolves to network addresses
 * - `route`: one of them accepts connections on that port
 * - `encryption`: TLS or plain text, and the authenticated identity
 * - `peer`: the server is a chat peer
 * - `contract`: which contract it speaks
 * - `identity`: the contact with that identity
 * - `clock`: the skew between the two clocks
 * - `dial-back`: the other side can dial us
 */
export const DIAGNOSIS_LAYERS = [
  'address',
  'name',
  'route',
  'encryption',
  'peer',
  'contract',
  'identity',
  'clock',
  'dial-back',
] as const;
export type DiagnosisLayer = (typeof DIAGNOSIS_LAYERS)[number];

/** `warning`: it works, but the user should know; `skipped`: not examined, the detail says why. */
export type LayerResult = 'ok' | 'warning' | 'failed' | 'skipped';

export interface Finding {
  readonly layer: DiagnosisLayer;
  readonly result: LayerResult;
  /** The observation, one or two sentences. Contains remote text (names). */
  readonly detail: string;
  /** The cause and the next step, when it is a warning or a failure. */
  readonly problem: Problem | null;
  /** Duration of this layer, milliseconds. */
  readonly ms: number;
}

/** A contact that is connected now, whatever the examined address leads to. */
export interface Connected {
  readonly name: string;
  /** Which side opened the connection. */
  readonly calledBy: 'us' | 'them';
}

export interface Diagnosis {
  /** In canonical form when it could be parsed, else as typed. */
  readonly address: string;
  /** Unix milliseconds at the start. */
  readonly at: number;
  /**
   * The worst of all findings; `warning` still means that messages can be delivered, be it on an
   * existing connection.
   */
  readonly result: Exclude<LayerResult, 'skipped'>;
  /** The contact at this address if it is connected; absent when it is not, or is unknown here. */
  readonly connected?: Connected | null | undefined;
  /** One finding for every layer, in their order. */
  readonly findings: readonly Finding[];
}
