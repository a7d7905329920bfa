import type { Message } from '../../../shared/model/model.ts';
import { printable, printableBlock } from '../printable.ts';

/** States that are not printed: the ordinary results. */
const SETTLED: ReadonlySet<Message['state']> = new Set(['delivered', 'read', 'received']);

export interface Shown {
  /** The label of our own messages. */
  readonly me?: string;
  /** Replaces the whole body. */
  readonly text?: string;
}

/** A message in readable form: time, author, text, and its state if unusual. */
export function messageText(message: Message, contactName: string, shown: Shown = {}): string {
  const { author, sentAt, state, body } = message;
  const { me = 'You', text = body } = shown;
  const who = printable(author === 'me' ? me : contactName);
  const suffix = SETTLED.has(state) ? '' : ` [${state}]`;
  return `${localTime(sentAt)}  ${who}: ${printableBlock(text, '   ')}${suffix}`;
}

/** A message as JSON. Fields may be added, never renamed. */
export function messageJson(message: Message): Readonly<Record<string, unknown>> {
  const { id, contactId, author, body, state, sentAt, seq, replyTo, problem } = message;
  return { id, contact: contactId, author, body, state, sentAt, seq, replyTo, problem };
}

/** The fields, as the help lists them. */
export const MESSAGE_JSON_HELP =
  '{"id","contact","author":"me"|"them","body","state","sentAt","seq","replyTo","problem"}';

/** Replaces a stored or imported number that is not a date, at the same width. */
const NO_DATE = '????-??-?? ??:??:??';

/** Unix milliseconds as local date and time to the second. */
export function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return NO_DATE;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
