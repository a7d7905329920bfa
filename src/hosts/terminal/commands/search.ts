import type { PeerApp } from '../../../shared/bridge/chat-bridge.ts';
import type { ContactId, SearchHit } from '../../../shared/model/model.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine } from '../printable.ts';
import { findContact } from '../profile/find-contact.ts';
import { writeLine } from '../profile/output.ts';
import { PAGE, type Paging, readPaging } from '../profile/paging.ts';
import { MESSAGE_JSON_HELP, messageJson, messageText } from '../profile/show-message.ts';
import { PROFILE_HELP, PROFILE_OPTIONS, withProfile } from '../profile/with-profile.ts';

export const searchCommand: Command = {
  name: 'search',
  summary: 'find messages by their words',
  help: `
Usage: parley search QUERY [--in CONTACT] [OPTIONS]

Prints the messages that hold every word of QUERY, the newest first; the last word may be only the
beginning of one. Put quotes around several words.

Options:
${PROFILE_HELP}
  --in CONTACT     only in this conversation
  --limit N        how many (default 50, at most 10000)
  --before SEQ     only messages before the one with this "seq"
  --json           print one JSON object a line, with the part around the first match in "excerpt":
  ${MESSAGE_JSON_HELP.replace('}', ',"excerpt"}')}
`,
  options: {
    ...PROFILE_OPTIONS,
    in: { type: 'string' },
    limit: { type: 'string' },
    before: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: ['QUERY'],
  run: (args, deps) => {
    const paging = readPaging(args);
    const query = args.positionals[0] ?? '';
    return withProfile({ args, deps, readsOnly: true }, async ({ app }) => {
      const { conversations } = await app.snapshot({});
      const names = new Map(conversations.map(({ contact: { id, name } }) => [id, name]));
      const within = args.text('in');
      const contactId = within === undefined ? null : findContact(conversations, within).id;
      let found = false;
      for await (const { message, excerpt } of hits(app, query, contactId, paging)) {
        const name = names.get(message.contactId) ?? '';
        const line = args.flag('json')
          ? jsonLine({ ...messageJson(message), excerpt })
          : messageText(message, name, { me: `You to ${name}`, text: excerpt });
        await writeLine(deps.io.stdout, line);
        found = true;
      }
      if (!found && !args.flag('json')) printLine(deps.io.stderr, 'No message was found.');
      return EXIT.ok;
    });
  },
};

async function* hits(
  app: PeerApp,
  query: string,
  contactId: ContactId | null,
  { limit, before }: Paging,
): AsyncGenerator<SearchHit> {
  let left = limit;
  let cursor = before;
  for (let more = true; more && left > 0; ) {
    const page = await app.search({
      query,
      contactId,
      before: cursor,
      limit: Math.min(PAGE, left),
    });
    yield* page.hits;
    left -= page.hits.length;
    cursor = page.hits.at(-1)?.message.seq ?? 0;
    more = page.more;
  }
}
