import { parseAddress } from '../../../shared/address/address.ts';
import { identityCode, safetyNumber } from '../../../shared/address/identity-text.ts';
import { formatInvite } from '../../../shared/address/invite.ts';
import type { Identity, OwnAddress, Self } from '../../../shared/model/model.ts';
import { raise } from '../../../shared/problems/problem.ts';
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

const OPTIONS = { ...PROFILE_OPTIONS, json: { type: 'boolean' } } as const;

export const idCommand: Command = {
  name: 'id',
  summary: 'print who you are to others',
  help: `
Usage: parley id [OPTIONS]

Prints this profile's name, its identity code (what people compare), and the whole fingerprint.

Options:
${PROFILE_HELP}
  --json           print one JSON object: {"name","code","identity"}
`,
  options: OPTIONS,
  operands: [],
  run: (args, deps) =>
    withProfile({ args, deps }, async ({ app }) => {
      const { self } = await app.snapshot({});
      const identity = ownIdentity(self);
      const { name } = self;
      const code = identityCode(identity);
      const lines = args.flag('json')
        ? [jsonLine({ name, code, identity })]
        : [`Name         ${printable(name)}`, `Code         ${code}`, `Fingerprint  ${identity}`];
      for (const line of lines) printLine(deps.io.stdout, line);
      return EXIT.ok;
    }),
};

export const inviteCommand: Command = {
  name: 'invite',
  summary: 'print links by which friends can call you',
  help: `
Usage: parley invite [OPTIONS]

Prints a link for each address at which this profile takes calls, the best to give away first. It
holds your fingerprint, so whoever uses it knows from the start that it is you. While the app does
not run, it is for the address that the app would have.

Options:
${PROFILE_HELP}
  --json           print one JSON object a line:
                   {"invite","address","kind":"lan"|"vpn"|"this-computer"|"virtual"}
`,
  options: OPTIONS,
  operands: [],
  run: (args, deps) =>
    withProfile({ args, deps }, async ({ app }) => {
      const { stdout, stderr } = deps.io;
      const { self } = await app.snapshot({});
      const identity = ownIdentity(self);
      if (self.addresses.length === 0) raise('no-invite');
      for (const own of self.addresses) {
        const invite = inviteTo(own, identity);
        printLine(stdout, args.flag('json') ? jsonLine({ invite, ...own }) : invite);
      }
      if (self.addresses.every(({ kind }) => kind === 'this-computer')) {
        printLine(stderr, 'These work on this computer only. To take calls from the network:');
        printLine(stderr, '   parley serve --reach network, or the settings of the app');
      }
      return EXIT.ok;
    }),
};

export const safetyCommand: Command = {
  name: 'safety',
  summary: 'print the number that two people compare',
  help: `
Usage: parley safety CONTACT [OPTIONS]

Prints the safety number of you and CONTACT. If both of you see the same, nobody sits between you.
${CONTACT_HELP}

Options:
${PROFILE_HELP}
  --json           print one JSON object: {"contact","name","number","verified"}
`,
  options: OPTIONS,
  operands: ['CONTACT'],
  run: (args, deps) =>
    withProfile({ args, deps }, async ({ app }) => {
      const { self, conversations } = await app.snapshot({});
      const contact = findContact(conversations, args.positionals[0] ?? '');
      const { id, name, identity, trust } = contact;
      if (identity === null) raise('no-safety-number', { name });
      const number = await safetyNumber(ownIdentity(self), identity);
      const verified = trust === 'verified';
      const shown = args.flag('json') ? jsonLine({ contact: id, name, number, verified }) : number;
      printLine(deps.io.stdout, shown);
      return EXIT.ok;
    }),
};

/** A profile always has one; only a peer without a folder may not. */
function ownIdentity({ identity }: Self): Identity {
  return identity ?? raise('internal');
}

function inviteTo({ address }: OwnAddress, identity: Identity): string {
  const parsed = parseAddress(address);
  return parsed.ok ? formatInvite(parsed.address, identity) : raise('internal');
}
