import type { Message } from '../../../shared/model/model.ts';
import { printable, printableBlock } from '../printable.ts';

/** States that need no word: the ordinary end of a message. */
const SETTLED: ReadonlySet<Message['state']> = new Set(['delivered', 'read', 'received']);

export interface Shown {
  /** What stands for ourselves. */
  readonly me?: string;
  /** What is shown instead of the whole body. */
  readonly text?: string;
}

/** A message for people: time, author, text, and what became of it unless that is as usual. */
export function messageText(message: Message, contactName: string, shown: Shown = {}): string {
  const { author, sentAt, state, body } = message;
  const { me = 'You', text = body } = shown;
  const who = printable(author === 'me' ? me : contactName);
  const fate = SETTLED.has(state) ? '' : ` [${state}]`;
  return `${localTime(sentAt)}  ${who}: ${printableBlock(text, '   ')}${fate}`;
}

/** A message for scripts. Fields may be added, never renamed. */
export function messageJson(message: Message): Readonly<Record<string, unknown>> {
  const { id, contactId, author, body, state, sentAt, seq, replyTo, problem } = message;
  return { id, contact: contactId, author, body, state, sentAt, seq, replyTo, problem };
}

/** The fields, as the help lists them. */
export const MESSAGE_JSON_HELP =
  '{"id","contact","author":"me"|"them","body","state","sentAt","seq","replyTo","problem"}';

/** Stands where a stored or imported number is no date, as wide as one. */
const NO_DATE = '????-??-?? ??:??:??';

/** Unix milliseconds as local date and time to the second. */
export function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return NO_DATE;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
