import { createHash } from 'node:crypto';
import type { World } from '../../core/base/world.ts';

/** Tickets that are out at once; the oldest ends when there are more. */
const MAX_TICKETS = 16;
/** How long one is good. Milliseconds. */
const LIFE = 60_000;

/** Permissions (256 random bits) for one request each. Only hashes are kept. */
export class Tickets {
  readonly #world: Pick<World, 'randomBytes' | 'uptime'>;
  /** Until when each is good, the oldest first. */
  readonly #until = new Map<string, number>();

  constructor(world: Pick<World, 'randomBytes' | 'uptime'>) {
    this.#world = world;
  }

  issue(): string {
    const ticket = Buffer.from(this.#world.randomBytes(32)).toString('base64url');
    this.#until.set(digest(ticket), this.#world.uptime() + LIFE);
    const [oldest] = this.#until.keys();
    if (this.#until.size > MAX_TICKETS && oldest !== undefined) this.#until.delete(oldest);
    return ticket;
  }

  /** Whether `ticket` is good. It is not any more afterwards. */
  take(ticket: string): boolean {
    const key = digest(ticket);
    const until = this.#until.get(key);
    this.#until.delete(key);
    return until !== undefined && this.#world.uptime() < until;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
