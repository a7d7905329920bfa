import type { Problem } from '../problems/problem.ts';

/**
 * What the connection doctor examines, in this order; each layer rests on those before it.
 * - `address`: the text is an address
 * - `name`: the name leads to network addresses
 * - `route`: one of them accepts connections on that port
 * - `encryption`: TLS or plain, and whose identity is proven
 * - `peer`: what answers is a chat peer
 * - `contract`: which contract it speaks
 * - `identity`: whom we know by that identity
 * - `clock`: how far the two clocks are apart
 * - `dial-back`: the other side can call us
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
  /** What was seen, one or two sentences. Holds text from elsewhere (names). */
  readonly detail: string;
  /** The cause and the next step, when it is a warning or a failure. */
  readonly problem: Problem | null;
  /** Milliseconds that this layer took. */
  readonly ms: number;
}

/** A contact that is connected right now, whatever the examined address leads to. */
export interface Connected {
  readonly name: string;
  /** Which side opened the connection. */
  readonly calledBy: 'us' | 'them';
}

export interface Diagnosis {
  /** In its usual form when it could be read, else as it was typed. */
  readonly address: string;
  /** Unix milliseconds at the start. */
  readonly at: number;
  /**
   * The worst of all findings; `warning` still means that messages can go there, be it on a
   * connection that is there already.
   */
  readonly result: Exclude<LayerResult, 'skipped'>;
  /** The contact at this address if it is connected; absent when it is not, or not known here. */
  readonly connected?: Connected | null | undefined;
  /** One finding for every layer, in their order. */
  readonly findings: readonly Finding[];
}
