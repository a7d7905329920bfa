import { z } from 'zod';
import { reason } from '../../shared/problems/problem-reasons.ts';
import { withDeadline } from '../base/timeout.ts';
import type { World } from '../base/world.ts';
import { CallError } from './channel.ts';
import type { Stats } from './contract.ts';
import { nameInGreeting } from './greeting.ts';
import type { LiveLink } from './live-link.ts';

/** Timeout of a call of the open contract, milliseconds. */
const ANSWER_TIMEOUT = 15_000;

const statsSchema = z.object({ name: z.string(), messages_received: z.number() });

/**
 * The open contract's calls on any live link. Each rejects with a `CallError` that says whether the
 * call was sent. Answers are validated: the other side may be anything.
 */
export interface OpenCalls {
  readonly greet: () => Promise<string>;
  readonly chat: (message: string) => Promise<string>;
  readonly getStats: () => Promise<Stats>;
  readonly name: () => Promise<string>;
}

export function openCalls(live: LiveLink, world: World): OpenCalls {
  const call = caller(live, world);
  return {
    greet: async () => expectAnswer(z.string(), await call('greet', [])),
    chat: async (message) => expectAnswer(z.string(), await call('chat', [message])),
    getStats: async () => expectAnswer(statsSchema, await call('get_stats', [])),
    name: async () => expectAnswer(z.string(), await call('name', null)),
  };
}

/**
 * The announced name of the other side: its `name`, or the name in its greeting (peers in other
 * languages may have no properties). Empty when the greeting is worded differently.
 */
export async function askName(calls: OpenCalls): Promise<string> {
  try {
    return await calls.name();
  } catch {
    return nameInGreeting(await calls.greet());
  }
}

type Call = (method: string, args: readonly unknown[] | null) => Promise<unknown>;

function caller(live: LiveLink, world: World): Call {
  if (live.transport === 'batch') return live.batch.call;
  const { session } = live;
  return async (method, args) => {
    if (session.ended) throw new CallError('not-sent', 'the connection is gone');
    const remote = session.remote as unknown as Record<string, RemoteMember>;
    const member = remote[method] as RemoteMember;
    const answer = Promise.resolve(args === null ? member : member(...args));
    const settled = answer.catch((error: unknown) => {
      // A broken session rejects every open call with its own error; only on a live session a
      // rejection comes from the other side.
      if (session.ended) throw new CallError('unanswered', 'the connection was lost');
      throw new CallError('rejected', messageOf(error));
    });
    return withDeadline(world, ANSWER_TIMEOUT, settled, noAnswer);
  };
}

type RemoteMember = ((...args: readonly unknown[]) => PromiseLike<unknown>) & PromiseLike<unknown>;

function noAnswer(): never {
  throw new CallError('unanswered', 'no answer came');
}

function expectAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CallError('rejected', reason('answer-unknown'));
}

/** An error's message, truncated to fit a line. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
