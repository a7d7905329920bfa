import type { Contact, Policy } from '../../../shared/model.ts';
import { raise } from '../../../shared/problem.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { findContact } from '../profile/find-contact.ts';
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
  /** Who is meant when several have the same name. */
  readonly preferred: (contact: Contact) => boolean;
}

function policyCommand({ name, summary, effect, policy, done, preferred }: PolicyCommand): Command {
  return {
    name,
    summary,
    help: `
Usage: parley ${name} CONTACT [OPTIONS]

${effect}
${CONTACT_HELP}

Options:
${PROFILE_HELP}
  --json           print the contact as it is now, as "parley contacts --json" does
`,
    options: { ...PROFILE_OPTIONS, json: { type: 'boolean' } },
    operands: ['CONTACT'],
    run: (args, deps) =>
      withProfile(args, deps, async ({ app }) => {
        const before = await app.snapshot({});
        const { id } = findContact(before.conversations, args.positionals[0] ?? '', preferred);
        await app.setPolicy({ contactId: id, policy });
        const { conversations } = await app.snapshot({});
        const now = findContactById(conversations, id);
        const line = args.flag('json')
          ? jsonLine(contactJson(now))
          : `${done} ${printable(now.contact.name)}.`;
        printLine(deps.io.stdout, line);
        return EXIT.ok;
      }),
  };
}

function findContactById<T extends { readonly contact: Contact }>(
  all: readonly T[],
  id: string,
): T {
  const found = all.find(({ contact }) => contact.id === id);
  return found ?? raise('unknown-contact');
}

export const acceptCommand = policyCommand({
  name: 'accept',
  summary: 'accept somebody who wrote to you',
  effect: 'Accepts a request: from now on their messages come in and yours go out.',
  policy: 'accepted',
  done: 'Accepted',
  preferred: (contact) => contact.policy === 'request',
});

export const blockCommand = policyCommand({
  name: 'block',
  summary: 'never hear of somebody again',
  effect: 'Blocks a contact: nothing of theirs comes in, and they are not told.',
  policy: 'blocked',
  done: 'Blocked',
  preferred: (contact) => contact.policy !== 'blocked',
});

export const unblockCommand = policyCommand({
  name: 'unblock',
  summary: 'take back a block',
  effect: 'Unblocks a contact and accepts them.',
  policy: 'accepted',
  done: 'Unblocked',
  preferred: (contact) => contact.policy === 'blocked',
});
