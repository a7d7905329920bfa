import type { Conversation, LinkState } from '../../../shared/model/model.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { codeOf } from '../profile/find-contact.ts';
import { writeLine } from '../profile/output.ts';
import { PROFILE_HELP, PROFILE_OPTIONS, withProfile } from '../profile/with-profile.ts';

export const contactsCommand: Command = {
  name: 'contacts',
  summary: 'list contacts and requests',
  help: `
Usage: parley contacts [OPTIONS]

Lists everybody this profile knows: name, identity code, addresses, why you trust the identity,
whether you have accepted them, and whether they are online (as the running app sees it).

Options:
${PROFILE_HELP}
  --json           print one JSON object a line:
                   {"id","name","identity","code","addresses","kind":"unknown"|"parley"|"open"|
                   "guest","trust":"none"|"first-use"|"invite"|"verified","policy":"request"|
                   "accepted"|"blocked","presence":"idle"|"connecting"|"online"|"offline","unread"}
`,
  options: { ...PROFILE_OPTIONS, json: { type: 'boolean' } },
  operands: [],
  run: (args, deps) =>
    withProfile({ args, deps, readsOnly: true }, async ({ app }) => {
      const { conversations } = await app.snapshot({});
      if (conversations.length === 0 && !args.flag('json')) {
        printLine(deps.io.stderr, 'No contacts yet.');
      }
      for (const conversation of conversations) {
        const lines = args.flag('json')
          ? [jsonLine(contactJson(conversation))]
          : contactText(conversation);
        for (const line of lines) await writeLine(deps.io.stdout, line);
      }
      return EXIT.ok;
    }),
};

/** A contact as JSON. Fields may be added, never renamed. */
export function contactJson({
  contact,
  link,
  unread,
}: Conversation): Readonly<Record<string, unknown>> {
  const { id, name, identity, addresses, kind, trust, policy } = contact;
  const code = identity === null ? null : codeOf(identity);
  const presence = link.phase;
  return { id, name, identity, code, addresses, kind, trust, policy, presence, unread };
}

const PRESENCE: Readonly<Record<LinkState['phase'], string>> = {
  idle: 'not connected',
  connecting: 'connecting',
  online: 'online',
  offline: 'offline',
};

function contactText({ contact, link }: Conversation): readonly string[] {
  const { name, identity, addresses, kind, trust, policy } = contact;
  const nature = kind === 'open' ? 'open contract: unverified, not encrypted' : trust;
  const facts = [
    ...(policy === 'accepted' ? [] : [policy]),
    PRESENCE[link.phase],
    ...(kind === 'open' || identity !== null ? [nature] : []),
    ...addresses,
  ];
  return [
    printable(name),
    ...(identity === null ? [] : [`   ${codeOf(identity)}`]),
    `   ${facts.map(printable).join(', ')}`,
  ];
}
