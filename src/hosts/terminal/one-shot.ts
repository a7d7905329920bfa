import type { OpenClient } from '../../core/protocol/open-client.ts';
import type { PeerAddress } from '../../shared/address/address.ts';
import { ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { type Arguments, type OptionSpec, readDestination } from './args.ts';
import type { CommandDeps } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printLine } from './io.ts';
import { jsonLine } from './printable.ts';

/** Default timeout of a one-shot command, milliseconds. */
const DEFAULT_TIMEOUT = 10_000;

export const ONE_SHOT_OPTIONS: OptionSpec = {
  json: { type: 'boolean' },
  timeout: { type: 'string' },
};

export const ONE_SHOT_HELP = `
ADDRESS may be an invite; then only the copy that it promises is spoken to. Copies of Parley on other
computers are called encrypted, with a key that is made for this one run.

Options:
  --timeout SECONDS   how long to wait for connection and answer (default 10)
  --json              print one JSON object: {"ok":true,"answer":...} or
                      {"ok":false,"problem":{"code","cause","next",...}}
`.trim();

type OneShotTimeout = 'timed-out' | 'no-answer';

interface OneShot<Input, T> {
  /** Validates and reads the input, before connecting. */
  readonly prepare: () => Promise<Input>;
  readonly call: (client: OpenClient, input: Input) => Promise<T>;
  /** The answer in readable form. */
  readonly show: (answer: T) => string;
  /**
   * The meaning of a timeout once the call was sent: a message may have arrived, a question not.
   */
  readonly afterTimeout: OneShotTimeout;
}

/** Connects to the address in `args`, makes one call, prints its answer and disconnects. */
export async function oneShot<Input, T>(
  args: Arguments,
  { io, connect }: Pick<CommandDeps, 'io' | 'connect'>,
  { prepare, call, show, afterTimeout }: OneShot<Input, T>,
): Promise<ExitCode> {
  const json = args.flag('json');
  try {
    const { address, identity } = readDestination(args.positionals[0] ?? '');
    const timeout = args.seconds('timeout', DEFAULT_TIMEOUT);
    const input = await prepare();
    const answer = await within(timeout, address, async (signal) => {
      const client = await connect(address, { signal, expectIdentity: identity });
      try {
        return await beforeAbort(call(client, input), signal, afterTimeout, address);
      } finally {
        client.close();
      }
    });
    printLine(io.stdout, json ? jsonLine({ ok: true, answer }) : show(answer));
    return EXIT.ok;
  } catch (error) {
    if (json) printLine(io.stdout, jsonLine({ ok: false, problem: problemOf(error) }));
    throw error;
  }
}

/** Runs `task` with a signal that fires after `timeout`, and then reports `timed-out`. */
async function within<T>(
  timeout: number,
  address: PeerAddress,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  try {
    return await beforeAbort(task(controller.signal), controller.signal, 'timed-out', address, 250);
  } catch (error) {
    // It was cancelled by the timeout: that is what to report.
    if (problemOf(error).code === 'cancelled') throw timedOut('timed-out', address);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The outcome of `work`, or problem `code` once the signal has fired and `grace` milliseconds have
 * passed (in which `work` may still fail with a more precise reason).
 */
function beforeAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  code: OneShotTimeout,
  address: PeerAddress,
  grace = 0,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => {
      setTimeout(() => reject(timedOut(code, address)), grace);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function timedOut(code: OneShotTimeout, { host, port }: PeerAddress): ProblemError {
  return new ProblemError(problem(code, { host, port }));
}
