import { DEFAULT_LIMITS } from '../../../shared/model/limits.ts';
import { messageProblem } from '../../../shared/model/text.ts';
import { ProblemError } from '../../../shared/problems/problem.ts';
import type { Command } from '../command.ts';
import { ONE_SHOT_HELP, ONE_SHOT_OPTIONS, oneShot } from '../one-shot.ts';
import { printableBlock } from '../printable.ts';
import { sendThroughProfile } from '../profile/send-message.ts';
import { CONTACT_HELP, PROFILE_HELP, PROFILE_OPTIONS } from '../profile/with-profile.ts';
import { readMessage } from '../typed-lines.ts';

export const sendCommand: Command = {
  name: 'send',
  summary: 'send one message to a peer',
  help: `
Usage: parley send ADDRESS TEXT [OPTIONS]
       parley send CONTACT TEXT --wait [--profile NAME | --data DIR] [OPTIONS]

A TEXT of - is read from standard input, as UTF-8 and without its last line break; put -- before a
TEXT that begins with a dash.

Without a profile it calls chat(TEXT) at ADDRESS and prints the answer. Exit code 0 means delivered;
9 means that the message left and no answer came, so that it may have arrived: it is not sent again.

With --wait, --profile or --data the message goes through the profile's outbox, so that it is
encrypted where the other side can, neither lost nor doubled, and part of the history. If the app
runs on the profile, the app sends it. --wait waits until the other side has it: 0 delivered,
13 not yet (it stays queued, and is sent when the app runs), 9 unconfirmed, 8 refused by the other
side. Without --wait, 0 means that it is kept for sending.
${CONTACT_HELP}
Somebody new is named by an address with its port, or an invite.

${ONE_SHOT_HELP}
  With a profile, --timeout is for --wait (default 30), and --json prints the message with "ok":
  {"ok":true,"id","contact","author","body","state","sentAt","seq",
  "replyTo","problem"}
  --wait              wait until it is delivered; uses the default profile unless one is named
${PROFILE_HELP}
`,
  options: { ...ONE_SHOT_OPTIONS, ...PROFILE_OPTIONS, wait: { type: 'boolean' } },
  operands: ['ADDRESS', 'TEXT'],
  run: async (args, deps) => {
    const given = args.positionals[1] ?? '';
    const prepare = async () => {
      const body = given === '-' ? await readMessage(deps.io.stdin) : given;
      const refusal = messageProblem(body, DEFAULT_LIMITS);
      if (refusal) throw new ProblemError(refusal);
      return body;
    };
    if (['wait', 'profile', 'data'].some((name) => args.flag(name))) {
      return sendThroughProfile(args, deps, await prepare());
    }
    return oneShot(args, deps, {
      prepare,
      call: (client, body) => client.chat(body),
      show: (answer) => printableBlock(answer, '   '),
      afterTimeout: 'no-answer',
    });
  },
};
