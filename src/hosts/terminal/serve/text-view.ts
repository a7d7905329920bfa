import { isLoopbackHost } from '../../../shared/address/address.ts';
import type { Message, Self } from '../../../shared/model/model.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { printLine, type TerminalIo } from '../io.ts';
import { printable, printableBlock } from '../printable.ts';
import { possessive } from './cast.ts';
import type { PeerLabel, Sender, ServeView } from './view.ts';

/** Readable lines: those of the peer-to-peer example, and quiet ones for everything else. */
export function textView({ stdout, stderr }: Pick<TerminalIo, 'stdout' | 'stderr'>): ServeView {
  const say = (line: string) => printLine(stdout, line);
  let askedPort = 0;
  let friend = 'the peer';
  return {
    starting: (name, port) => {
      askedPort = port;
      const where = port === 0 ? 'any free port' : `port ${port}`;
      say(`🚀 Starting ${printable(name)} on ${where}...`);
    },
    running: ({ name, listening }, url) => {
      const shown = printable(name);
      say(`✅ ${shown} is running!`);
      say(`   - ${shown} exports ${possessive(name)} capabilities at ${url}`);
      if (listening && askedPort !== 0 && listening.port !== askedPort) {
        say(`   - Port ${askedPort} is taken, so it is port ${listening.port}`);
      }
    },
    introduced: (self, peer) => {
      if (peer) friend = printable(peer.name);
      const from = {
        peer: friend,
        'this computer': 'this computer only; with --reach network, from others too',
        anyone: 'anyone who has this address',
      }[callersOf(self, peer)];
      say(`   - ${printable(self.name)} can receive calls from ${from}`);
      say('');
    },
    connecting: (peer) => say(`🔗 Connecting to ${printable(peer.name)} at ${peer.url}...`),
    calling: (self, peer, expression) =>
      say(`📞 ${printable(self.name)} calls ${printable(peer.name)}.${expression}...`),
    answered: (shown) => say(`   ← ${shown}`),
    called: () => say(''),
    callFailed: (peer, problem) => {
      say(`❌ Could not connect to ${printable(peer.name)}: ${printable(problem.cause)}`);
      say(`   ${isAbsence(problem) ? howToStart(peer) : printable(problem.next)}`);
      say('');
    },
    waiting: (self, peer) => {
      const callers = callersOf(self, peer);
      const from = callers === 'peer' ? friend : callers;
      say(`⏳ ${printable(self.name)} is waiting for calls from ${from}...`);
    },
    received: ({ name }, { body }) =>
      say(`📨 ${printable(name)} received: ${printableBlock(body, '   ')}`),
    requested: ({ name }, { body }, { name: from, code }, like) => {
      say(`⚠️  ${printable(from)} is not accepted: ${alike(like)}, with another key.`);
      say(`   ${printable(name)} received: ${printableBlock(body, '   ')}`);
      say(`   Compare codes, then: parley accept '${code ?? ''}' with --really or --as CONTACT`);
    },
    accepted: ({ state }, link) => {
      if (state === 'queued' && link.phase === 'offline') {
        say(`   … kept until ${friend} can be reached`);
      }
    },
    changed: (message) => {
      const line = stateLine(message);
      if (line !== null) say(`   ${line}`);
    },
    link: () => undefined,
    lineRefused: (problem) => {
      if (problem) say(`   ✗ ${printable(problem.cause)} ${printable(problem.next)}`);
      else say('   There is nobody to send this to: start with --peer ADDRESS.');
    },
    warnings: (problems) => {
      for (const { cause, next } of problems) {
        printLine(stderr, `⚠️  ${printable(cause)}\n   ${printable(next)}`);
      }
      if (problems.length === 0) printLine(stderr, '✅ The problem on this computer is solved.');
    },
    stopped: () => say('👋 Stopped.'),
  };
}

/** Where calls can come from: a listener on loopback is not reachable from another computer. */
function callersOf({ listening }: Self, peer: PeerLabel | null) {
  const isLocal = listening !== null && isLoopbackHost(listening.host);
  if (peer && (peer.local || !isLocal)) return 'peer';
  return isLocal ? 'this computer' : 'anyone';
}

function alike(like: Sender | null): string {
  return `you know ${like ? printable(like.name) : 'somebody'} by this name or address`;
}

function stateLine({ state, problem }: Message): string | null {
  const because = problem ? `: ${printable(problem.cause)} ${printable(problem.next)}` : '';
  switch (state) {
    case 'delivered':
      return '✓ delivered';
    case 'failed':
      return `✗ not delivered${because}`;
    case 'unconfirmed':
      return `? not known whether it arrived${because}`;
    default:
      return null;
  }
}

/** Whether the peer simply is not running (yet). */
function isAbsence({ code }: Problem): boolean {
  return ['refused', 'timed-out', 'unreachable'].includes(code);
}

function howToStart({ name, named, port, local }: PeerLabel): string {
  const who = named ? printable(name) : 'the peer';
  const option = named ? ` --name ${quoted(name)}` : '';
  const where = local ? '' : ' --host 0.0.0.0';
  const there = local ? '' : ' there';
  return `Make sure ${who} is running${there}: parley serve${option} --port ${port}${where}`;
}

/** A name quoted for a shell. */
function quoted(name: string): string {
  const shown = printable(name);
  return /^[\w.-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
