import { dialTargets, isMeantBy } from '../../../core/contacts/contact-addresses.ts';
import type { KnownContacts } from '../../../core/doctor/deps.ts';
import type { diagnoseAlone, NodeDoctorOptions } from '../../../core/doctor/node-doctor.ts';
import { formatAddress, looksLikeAddress } from '../../../shared/address/address.ts';
import type {
  Connected,
  Diagnosis,
  Finding,
  LayerResult,
} from '../../../shared/model/diagnosis.ts';
import type { Contact, Conversation } from '../../../shared/model/model.ts';
import { UsageError } from '../../usage-error.ts';
import type { Arguments } from '../args.ts';
import type { Command, CommandDeps } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { findContactIfAny, isAccepted } from '../profile/find-contact.ts';
import {
  CONTACT_HELP,
  dataFolder,
  PROFILE_HELP,
  PROFILE_OPTIONS,
  withProfile,
} from '../profile/with-profile.ts';
import { stopRequest } from '../stop-request.ts';
import { reporter } from '../unexpected.ts';

const HELP = `
Usage: parley doctor ADDRESS [OPTIONS]
       parley doctor CONTACT (--profile NAME | --data DIR) [OPTIONS]

Examines the way to ADDRESS layer by layer, up to the first that fails, and says for each what was
found, why, and what to do next: the address, its name, the route and port, the encryption and whose
identity is proven, whether a peer answers, which contract it speaks, whom you know by that identity,
how far the clocks are apart, and whether the other side can call back. No message is sent, and the
other side's windows show nothing of it.

${CONTACT_HELP}
Examined is the address at which the contact would be tried first.

With a profile it knows your contacts and shows your identity; while the profile's app runs, the app
examines the way, says whether the contact is connected anyway, and is who is called back. Without a
profile it knows nobody, and shows an identity that is made for this run only.

The exit code is 0 if messages can get there, even over a connection that the other side opened;
otherwise it is that of the layer that failed.

Options:
${PROFILE_HELP.replace(/ \(default: .*\)/, '')}
  --listen PORT    unless an app runs on the profile: take calls on PORT for a moment and ask the
                   other side to call back there; without it, that layer is skipped
  --json           print one JSON object: {"address","at","result","connected":null or
                   {"name","calledBy":"us"|"them"},"findings":[{"layer","result":"ok"|"warning"|
                   "failed"|"skipped","detail","problem","ms"}...]}
`;

/** The command, on any doctor. */
export function createDoctorCommand(diagnose: typeof diagnoseAlone): Command {
  return {
    name: 'doctor',
    summary: 'find out why a peer can or cannot be reached',
    help: HELP,
    options: { ...PROFILE_OPTIONS, listen: { type: 'string' }, json: { type: 'boolean' } },
    operands: ['ADDRESS'],
    run: async (args, deps) => {
      const { io } = deps;
      const json = args.flag('json');
      const given = args.positionals[0] ?? '';
      const show = (finding: Finding) => {
        if (!json) for (const line of linesOf(finding)) printLine(io.stdout, line);
      };
      const alone = async ({ address, ...known }: Unseen): Promise<Diagnosis> => {
        const stop = stopRequest(io);
        try {
          return await diagnose(address, {
            ...known,
            listenPort: args.port('listen') ?? null,
            signal: stop.signal,
            onFinding: show,
            onUnexpected: reporter(io),
          });
        } finally {
          stop.dispose();
        }
      };
      const named = args.flag('profile') || args.flag('data');
      const seen = named ? await askProfile(given, args, deps) : { address: given, dataDir: null };
      const diagnosis = 'diagnosis' in seen ? seen.diagnosis : await alone(seen);
      if ('diagnosis' in seen) diagnosis.findings.forEach(show);
      const { connected } = diagnosis;
      if (json) printLine(io.stdout, jsonLine({ ...diagnosis, connected: connected ?? null }));
      else if (connected) printLine(io.stdout, connectedLine(connected));
      else if (!named && mayBeName(given, diagnosis)) printLine(io.stdout, NAME_HINT);
      return exitCode(diagnosis);
    },
  };
}

/** The options for a diagnosis without a running app. */
type Unseen = Pick<NodeDoctorOptions, 'dataDir' | 'contacts'> & { readonly address: string };

/**
 * The diagnosis by the app that runs on the profile. When none runs: the profile's folder and
 * contacts, for a diagnosis without it.
 */
async function askProfile(
  given: string,
  args: Arguments,
  deps: CommandDeps,
): Promise<{ readonly diagnosis: Diagnosis } | Unseen> {
  return withProfile({ args, deps }, async ({ app, isApp }) => {
    const { conversations } = await app.snapshot({});
    const address = addressOf(given, conversations);
    if (isApp) return { diagnosis: await app.diagnose({ address }) };
    const contacts = conversations.map(({ contact }) => contact);
    return { address, dataDir: dataFolder(args, deps), contacts: knownContacts(contacts) };
  });
}

/**
 * The address to examine: text in the form of an address is used unchanged, anything else may name
 * a contact. Raises `contact-ambiguous`.
 */
function addressOf(given: string, conversations: readonly Conversation[]): string {
  if (looksLikeAddress(given)) return given;
  const contact = findContactIfAny(conversations, given, isAccepted);
  if (contact === null) return given;
  // A guest's address is where it called from; it does not listen there.
  const [first] = contact.kind === 'guest' ? [] : dialTargets(contact, () => false);
  if (first) return formatAddress(first.address);
  const name = printable(contact.name);
  throw new UsageError(`No address of ${name} is known: give the one to examine.`);
}

/** Whether a contact was meant, which only a profile knows. */
function mayBeName(given: string, { findings }: Diagnosis): boolean {
  const failed = findings.find(({ result }) => result === 'failed')?.layer;
  return !looksLikeAddress(given) && (failed === 'address' || failed === 'name');
}

const NAME_HINT = 'To examine the way to one of your contacts, add --profile NAME.';

/** The contacts of a profile without a running app: known, and not connected. */
function knownContacts(contacts: readonly Contact[]): KnownContacts {
  return {
    at: (address) =>
      contacts.find((contact) => contact.policy !== 'request' && isMeantBy(contact, address)) ??
      null,
    claiming: () => null,
    of: (identity) => contacts.find((contact) => contact.identity === identity) ?? null,
    calledBy: () => null,
  };
}

export const doctorCommand = createDoctorCommand(async (...args) => {
  // Loaded on first use: it brings the whole network stack.
  const node = await import('../../../core/doctor/node-doctor.ts');
  return node.diagnoseAlone(...args);
});

const MARKS: Readonly<Record<LayerResult, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  failed: 'FAILED',
  skipped: '-',
};

const INDENT = ' '.repeat(20);

function linesOf({ layer, result, detail, problem }: Finding): readonly string[] {
  const head = `${MARKS[result].padEnd(8)}${layer.padEnd(12)}${printable(detail)}`;
  if (problem === null) return [head];
  const sentences = [problem.cause, problem.next].filter((sentence) => sentence !== detail);
  return [head, ...sentences.map((sentence) => `${INDENT}${printable(sentence)}`)];
}

function connectedLine({ name, calledBy }: Connected): string {
  const who = printable(name);
  return calledBy === 'them'
    ? `${who} is connected right now: their copy has called yours.`
    : `${who} is connected right now: your copy has called theirs.`;
}

function exitCode({ findings, result }: Diagnosis): ExitCode {
  if (result !== 'failed') return EXIT.ok;
  const problem = findings.find(({ result }) => result === 'failed')?.problem;
  return problem ? exitCodeOf(problem.code) : EXIT.ok;
}
