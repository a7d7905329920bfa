import type { Contact, Conversation, Policy } from '../../../shared/model/model.ts';
import { UsageError } from '../../usage-error.ts';
import type { Command } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { conversationOf, findContact, isAccepted } from '../profile/find-contact.ts';
import {
  CONTACT_HELP,
  PROFILE_HELP,
  PROFILE_OPTIONS,
  withProfile,
} from '../profile/with-profile.ts';
import { contactJson } from './contacts.ts';

interface PolicyCommand {
  readonly name: string;
  readonly summary: string;
  readonly effect: string;
  readonly policy: Policy;
  readonly done: string;
  /** Which contact is preferred if several have the same name. */
  readonly preferred: (contact: Contact) => boolean;
  /** Whether it accepts a contact: a lookalike is only accepted explicitly. */
  readonly accepts?: boolean;
}

const ACCEPT_HELP = `
Somebody who has the name or an address of a contact, but another key, is refused until you say who
they are. Compare codes another way first.

Options:
  --really         accept them as a separate person
  --as CONTACT     they are CONTACT, who has a new key: it is trusted from now on, and both
                   conversations become one
`.slice(0, -1);

function policyCommand({
  name,
  summary,
  effect,
  policy,
  done,
  preferred,
  accepts = false,
}: PolicyCommand): Command {
  return {
    name,
    summary,
    help: `
Usage: parley ${name} CONTACT [OPTIONS]

${effect}
${CONTACT_HELP}
${accepts ? ACCEPT_HELP : '\nOptions:'}
${PROFILE_HELP}
  --json           print the contact as it is now, as "parley contacts --json" does
`,
    options: {
      ...PROFILE_OPTIONS,
      json: { type: 'boolean' },
      ...(accepts && { really: { type: 'boolean' }, as: { type: 'string' } }),
    },
    operands: ['CONTACT'],
    run: (args, deps) =>
      withProfile({ args, deps }, async ({ app }) => {
        const report = (now: Conversation): ExitCode => {
          const text = `${done} ${printable(now.contact.name)}.`;
          printLine(deps.io.stdout, args.flag('json') ? jsonLine(contactJson(now)) : text);
          return EXIT.ok;
        };
        const before = await app.snapshot({});
        const { id, identity } = findContact(
          before.conversations,
          args.positionals[0] ?? '',
          preferred,
        );
        const as = args.text('as');
        if (as !== undefined && args.flag('really')) {
          throw new UsageError('Give --as or --really: both say who it is.');
        }
        if (as !== undefined) {
          const known = findContact(before.conversations, as, isAccepted).id;
          await app.acceptIdentity({ contactId: known, identity: identity ?? '', merge: true });
          const merged = (await app.snapshot({})).conversations;
          return report(conversationOf(merged, known));
        }
        await app.setPolicy({ contactId: id, policy, really: args.flag('really') });
        const { conversations } = await app.snapshot({});
        return report(conversationOf(conversations, id));
      }),
  };
}

export const acceptCommand = policyCommand({
  name: 'accept',
  summary: 'accept somebody who wrote to you',
  effect: 'Accepts a request: from now on their messages come in and yours go out.',
  policy: 'accepted',
  done: 'Accepted',
  accepts: true,
  preferred: (contact) => contact.policy === 'request',
});

export const blockCommand = policyCommand({
  name: 'block',
  summary: 'block a contact',
  effect: 'Blocks a contact: nothing of theirs comes in, and they are not told.',
  policy: 'blocked',
  done: 'Blocked',
  preferred: (contact) => contact.policy !== 'blocked',
});

export const unblockCommand = policyCommand({
  name: 'unblock',
  summary: 'unblock a contact',
  effect: 'Unblocks a contact and accepts them.',
  policy: 'accepted',
  done: 'Unblocked',
  accepts: true,
  preferred: (contact) => contact.policy === 'blocked',
});
