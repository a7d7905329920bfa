import { writeExport } from '../../../core/base/atomic-file.ts';
import type { NotTaken } from '../../../shared/bridge/data-bridge.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { readText } from '../profile/files.ts';
import { write } from '../profile/output.ts';
import { PROFILE_HELP, PROFILE_OPTIONS, withProfile } from '../profile/with-profile.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write everything a profile holds to a file',
  help: `
Usage: parley export FILE [OPTIONS]

Writes contacts, messages and settings to FILE, or to standard output for -. The private key is not
part of it. It is text, one JSON object a line (docs/EXPORT.md), and not encrypted: keep it where
nobody else can read it. FILE is complete or not there; one that exists is replaced.

Options:
${PROFILE_HELP}
`,
  options: PROFILE_OPTIONS,
  operands: ['FILE'],
  run: (args, deps) =>
    withProfile({ args, deps, readsOnly: true }, async ({ transfer }) => {
      const { stdout } = deps.io;
      const [file = '-'] = args.positionals;
      if (file === '-') {
        for await (const chunk of transfer.exportAll()) await write(stdout, chunk);
      } else {
        await writeExport(file, transfer.exportAll());
        printLine(stdout, `Exported to ${printable(file)}.`);
      }
      return EXIT.ok;
    }),
};

export const importCommand: Command = {
  name: 'import',
  summary: 'add what an export holds to a profile',
  help: `
Usage: parley import FILE [OPTIONS]

Adds what FILE (standard input for -) holds and the profile does not; what is there stays as it is,
and importing twice changes nothing. FILE may be UTF-8 or UTF-16, also compressed with gzip or
Zstandard. It never opens this profile to the network, nor vouches for anybody. Messages that were
waiting to be sent will be sent: stop the copy that they come from first. Makes the profile when
there is none.

Options:
${PROFILE_HELP}
  --json           print one JSON object: {"contacts","messages"}, how many were added, and
                   "notTaken", what is left for you to decide: "reach", "openContract", "verified",
                   and "own", a contact that has this profile's own key, which is left out
`,
  options: { ...PROFILE_OPTIONS, json: { type: 'boolean' } },
  operands: ['FILE'],
  run: (args, deps) =>
    withProfile({ args, deps, create: true }, async ({ transfer }) => {
      const { stdin, stdout } = deps.io;
      const added = await transfer.importAll(readText(args.positionals[0] ?? '-', stdin));
      const { contacts, messages, notTaken = [] } = added;
      const text = `Imported ${counted(contacts, 'contact')} and ${counted(messages, 'message')}.`;
      if (args.flag('json')) printLine(stdout, jsonLine({ contacts, messages, notTaken }));
      else for (const line of [text, ...notTaken.map(leftOut)]) printLine(stdout, line);
      return EXIT.ok;
    }),
};

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What was not imported, and how the user can change it. */
function leftOut(what: NotTaken): string {
  switch (what) {
    case 'reach':
      return 'Not taken over: calls from the whole network. Start with "parley serve --reach network" if you want them.';
    case 'openContract':
      return 'Not taken over: calls from the network that are not encrypted. Start with "parley serve --open-contract network" if you want them.';
    case 'verified':
      return 'Not taken over: who was verified there. Compare the numbers of "parley safety" again here.';
    case 'own':
      return 'Not taken over: a contact that has this profile’s own key, with its messages.';
  }
}
