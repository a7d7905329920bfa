import { systemWorld } from '../../../core/base/system-world.ts';
import type { Profile } from '../../../core/open-profile.ts';
import { uuidv7 } from '../../../shared/model/ids.ts';
import type { Message, MessageId } from '../../../shared/model/model.ts';
import { type Problem, problem, problemOf, raise } from '../../../shared/problems/problem.ts';
import type { Arguments } from '../args.ts';
import type { CommandDeps } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { printLine, type TerminalIo } from '../io.ts';
import { jsonLine, printable, printProblem } from '../printable.ts';
import { stopRequest } from '../stop-request.ts';
import { awaitDelivery, type DeliveryResult } from './await-delivery.ts';
import { codeOf, conversationOf, findRecipient, isAccepted } from './find-contact.ts';
import { messageJson } from './show-message.ts';
import { openNamedProfile } from './with-profile.ts';

/** Default timeout of `--wait`, milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

interface Sending {
  readonly to: string;
  readonly id: MessageId;
  readonly body: string;
  readonly wait: boolean;
  readonly timeUp: AbortSignal;
}

/**
 * Sends one message through a profile's outbox: it is stored there before anything is sent, so it
 * is neither lost nor sent twice, whatever happens to this command or to the app meanwhile.
 */
export async function sendThroughProfile(
  args: Arguments,
  deps: CommandDeps,
  body: string,
): Promise<ExitCode> {
  const { io } = deps;
  const timeout = args.seconds('timeout', DEFAULT_TIMEOUT);
  const stop = stopRequest(io);
  const over = new AbortController();
  // Not `AbortSignal.timeout`: that would let the process end while it waits.
  const timer = setTimeout(() => over.abort(), timeout);
  const timeUp = AbortSignal.any([stop.signal, over.signal]);
  const sending: Sending = {
    to: args.positionals[0] ?? '',
    id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
    body,
    wait: args.flag('wait'),
    timeUp,
  };
  try {
    for (;;) {
      const profile = await openNamedProfile({ args, deps });
      try {
        const sent = await sendOnce(profile, sending);
        return report(sent, profile, sending, args.flag('json'), io);
      } catch (error) {
        // The id makes a retry the same message, so the app may stop in between.
        if (problemOf(error).code !== 'app-gone' || timeUp.aborted) throw error;
      } finally {
        await profile.close(stop.signal);
      }
    }
  } catch (error) {
    if (args.flag('json')) printLine(io.stdout, jsonLine({ ok: false, problem: problemOf(error) }));
    throw error;
  } finally {
    clearTimeout(timer);
    stop.dispose();
  }
}

async function sendOnce({ app, lost }: Profile, sending: Sending): Promise<DeliveryResult> {
  const { to, id, body, wait, timeUp } = sending;
  let snapshot = await app.snapshot({});
  // A single word is not read as an address: a mistyped name would be sent to some computer of that
  // name.
  const found = findRecipient(snapshot.conversations, to, isAccepted);
  if (found === null) raise('contact-not-found', { contact: to.slice(0, 60) });
  const known = 'port' in found ? null : found;
  if (known?.policy === 'request') {
    raise('contact-waits', { name: known.name, code: codeOf(known.identity) || known.id });
  }
  const contactId = known?.id ?? (await app.connect({ address: to })).contactId;
  if (!known) snapshot = await app.snapshot({});
  const { contact, link } = conversationOf(snapshot.conversations, contactId);
  const message = await app.send({ contactId, id, body });
  if (!wait) return { message, contact, link, gaveUp: null };
  return awaitDelivery({ app, message, contact, link, afterSeq: snapshot.seq, timeUp, lost });
}

/** Says what became of the message; the answer is the exit code. */
function report(
  sent: DeliveryResult,
  profile: Profile,
  { wait }: Sending,
  json: boolean,
  io: TerminalIo,
): ExitCode {
  const { message, contact } = sent;
  const failure = wait ? failureOf(sent) : null;
  const ok = failure === null;
  if (json) {
    const fields = messageJson(message);
    printLine(io.stdout, jsonLine(ok ? { ok, ...fields } : { ok, ...fields, problem: failure }));
  } else if (ok) {
    printLine(io.stdout, `${successText(message)} ${printable(contact.name)}`);
    if (!wait && !profile.isApp) {
      printLine(io.stdout, '   It is sent when Parley runs on this profile; --wait sends it now.');
    }
  }
  if (ok) return EXIT.ok;
  printProblem(io.stderr, failure);
  if (sent.gaveUp) printLine(io.stderr, '   The message is kept, and sent once that is settled.');
  if (message.state === 'failed') return EXIT.rejected;
  return exitCodeOf(failure.code);
}

function successText({ state }: Message): string {
  return state === 'delivered' || state === 'read' ? '✓ delivered to' : '… queued for';
}

/** Why a message is not delivered; null when it is. */
function failureOf({ message, contact, link, gaveUp }: DeliveryResult): Problem | null {
  switch (message.state) {
    case 'delivered':
    case 'read':
      return null;
    case 'failed':
    case 'unconfirmed':
      return message.problem ?? problem('no-answer');
  }
  if (gaveUp) return gaveUp;
  // It was sent to a peer that cannot recognise a duplicate: it is never resent automatically.
  if (message.state === 'sending' && link.phase === 'online' && link.transport !== 'parley') {
    return problem('no-answer');
  }
  const reason = link.phase === 'offline' ? link.problem.cause : 'there was no answer in time.';
  return problem('still-queued', { name: contact.name, reason });
}
