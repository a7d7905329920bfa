import type { PeerApp } from '../../../shared/bridge/chat-bridge.ts';
import type { ContactId, Message } from '../../../shared/model/model.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { findContact } from '../profile/find-contact.ts';
import { writeLine } from '../profile/output.ts';
import { PAGE, type Paging, readPaging } from '../profile/paging.ts';
import { MESSAGE_JSON_HELP, messageJson, messageText } from '../profile/show-message.ts';
import {
  CONTACT_HELP,
  PROFILE_HELP,
  PROFILE_OPTIONS,
  withProfile,
} from '../profile/with-profile.ts';

export const historyCommand: Command = {
  name: 'history',
  summary: 'print a conversation',
  help: `
Usage: parley history CONTACT [OPTIONS]

Prints the newest messages of a conversation, the oldest of them first.
${CONTACT_HELP}

Options:
${PROFILE_HELP}
  --limit N        how many (default 50, at most 10000)
  --before SEQ     only messages before the one with this "seq"
  --json           print one JSON object a line:
  ${MESSAGE_JSON_HELP}
`,
  options: {
    ...PROFILE_OPTIONS,
    limit: { type: 'string' },
    before: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: ['CONTACT'],
  run: (args, deps) => {
    const paging = readPaging(args);
    return withProfile({ args, deps, readsOnly: true }, async ({ app }) => {
      const { conversations } = await app.snapshot({});
      const contact = findContact(conversations, args.positionals[0] ?? '');
      const messages = await newest(app, contact.id, paging);
      if (messages.length === 0 && !args.flag('json')) {
        printLine(deps.io.stderr, `No messages with ${printable(contact.name)}.`);
      }
      for (const message of messages) {
        const line = args.flag('json')
          ? jsonLine(messageJson(message))
          : messageText(message, contact.name);
        await writeLine(deps.io.stdout, line);
      }
      return EXIT.ok;
    });
  },
};

async function newest(
  app: PeerApp,
  contactId: ContactId,
  { limit, before }: Paging,
): Promise<readonly Message[]> {
  let found: readonly Message[] = [];
  for (let more = true; more && found.length < limit; ) {
    const page = await app.messages({
      contactId,
      before: found[0]?.seq ?? before,
      limit: Math.min(PAGE, limit - found.length),
    });
    found = [...page.messages, ...found];
    more = page.more;
  }
  return found;
}
