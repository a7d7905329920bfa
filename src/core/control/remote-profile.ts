import { callsOver } from '../../shared/bridge/channel.ts';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import type { ImportResult, Transfer } from '../profile/transfer.ts';
import { type ControlConnection, type ControlStream, refusal } from './control-client.ts';
import { type Answer, IMPORT_PIECE } from './control-protocol.ts';
import { drained, sendLine } from './send-line.ts';

/** A running app's face, spoken to over its control endpoint. */
export function remoteApp(connection: ControlConnection): PeerApp {
  const ask = async (name: string, input: unknown) => unwrapped(await connection.ask(name, input));
  const subscribe: PeerApp['subscribe'] = (after, listener) =>
    connection.subscribe(after, listener);
  return callsOver(ask, { subscribe }) as PeerApp;
}

/** Each transfer has a connection of its own, so that it is only as fast as its slower side. */
export function remoteTransfer(connection: ControlConnection): Transfer {
  return {
    exportAll: async function* () {
      const stream = await connection.stream();
      try {
        sendLine(stream.socket, { id: 0, do: 'export' });
        for await (const answer of stream.answers) {
          if (answer.chunk !== undefined) yield answer.chunk;
          if (answer.outcome === undefined) continue;
          outcomeOf(answer);
          return;
        }
        throw gone();
      } finally {
        stream.socket.destroy();
      }
    },
    importAll: async (text) => {
      const stream = await connection.stream();
      try {
        sendLine(stream.socket, { id: 0, do: 'import' });
        const answered = firstOutcome(stream);
        // A text that cannot be read is the only failure that the app does not hear of.
        await Promise.race([answered, upload(stream, text)]);
        return (await answered) as ImportResult;
      } finally {
        stream.socket.destroy();
      }
    },
  };
}

async function upload({ socket }: ControlStream, text: AsyncIterable<string>): Promise<void> {
  for await (const part of text) {
    for (let from = 0; from < part.length; from += IMPORT_PIECE) {
      if (socket.destroyed) return;
      sendLine(socket, { chunk: part.slice(from, from + IMPORT_PIECE) });
      await drained(socket);
    }
  }
  sendLine(socket, { end: true });
}

async function firstOutcome({ answers }: ControlStream): Promise<unknown> {
  for await (const answer of answers) if (answer.outcome !== undefined) return outcomeOf(answer);
  throw gone();
}

function outcomeOf({ id, outcome }: Answer): unknown {
  if (id === null) throw refusal(outcome);
  return unwrapped(outcome as Outcome<unknown>);
}

function unwrapped(outcome: Outcome<unknown>): unknown {
  if (outcome.ok) return outcome.value;
  throw new ProblemError(outcome.problem);
}

function gone(): ProblemError {
  return new ProblemError(problem('app-gone'));
}
