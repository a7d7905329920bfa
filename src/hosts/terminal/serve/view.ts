import type { ContactId, LinkState, Message, Self } from '../../../shared/model/model.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import type { StopReason } from '../io.ts';

/** The peer given with `--peer`, as far as it is known. */
export interface PeerLabel {
  /** Its name, or its address while the name is unknown. */
  readonly name: string;
  /** Its address: `127.0.0.1:8081`. */
  readonly address: string;
  /** `http://127.0.0.1:8081`. */
  readonly url: string;
  readonly port: number;
  /** Whether it runs on this computer. */
  readonly local: boolean;
  /** Whether `name` is a name, not the address. */
  readonly named: boolean;
}

/** The answers of the calls on start. */
export interface CallSummary {
  readonly greeting: string;
  readonly message: string;
  readonly answer: string;
  readonly stats: { readonly name: string; readonly messages_received: number };
}

/** The events of `parley serve`, independent of their output format. */
export interface ServeView {
  readonly starting: (name: string, port: number) => void;
  /** `url` is where others call us. */
  readonly running: (self: Self, url: string) => void;
  /** The peer's label is known; null without `--peer`. */
  readonly introduced: (self: Self, peer: PeerLabel | null) => void;
  readonly connecting: (peer: PeerLabel) => void;
  /** One of the calls on start begins; `expression` is what is called: `greet()`. */
  readonly calling: (self: Self, peer: PeerLabel, expression: string) => void;
  readonly answered: (shown: string) => void;
  readonly called: (peer: PeerLabel, summary: CallSummary) => void;
  readonly callFailed: (peer: PeerLabel, problem: Problem) => void;
  readonly waiting: (self: Self, peer: PeerLabel | null) => void;
  readonly received: (self: Self, message: Message, from: Sender) => void;
  /**
   * A message by a stranger that was not accepted because it resembles a contact: `like`, or null
   * if that was removed meanwhile.
   */
  readonly requested: (self: Self, message: Message, from: Sender, like: Sender | null) => void;
  /** One of our messages is in the store. */
  readonly accepted: (message: Message, link: LinkState) => void;
  /** One of our messages has a new state. */
  readonly changed: (message: Message) => void;
  readonly link: (contact: Sender, link: LinkState) => void;
  /** A line of standard input could not be sent; null: there is no `--peer` to send it to. */
  readonly lineRefused: (problem: Problem | null) => void;
  /** All current warnings about this side; empty when they are over. */
  readonly warnings: (problems: readonly Problem[]) => void;
  readonly stopped: (reason: StopReason) => void;
}

/** The sender of a message. */
export interface Sender {
  readonly contactId: ContactId;
  readonly name: string;
  readonly address: string | null;
  /** Its identity code; null when it is not authenticated. */
  readonly code: string | null;
}
