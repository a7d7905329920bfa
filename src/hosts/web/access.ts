import { createHash, timingSafeEqual } from 'node:crypto';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { World } from '../../core/base/world.ts';

/** Sessions at once: one for each page (tab); the oldest ends when there are more. */
const MAX_SESSIONS = 16;
/** Wrong secrets and tokens: so many at once, then one every two seconds. */
const WRONG_BURST = 20;
const WRONG_PER_SECOND = 0.5;

/** Both halves of a session. Neither works without the other. */
export interface SessionKeys {
  readonly token: string;
  readonly cookie: string;
}

interface Session {
  readonly token: Buffer;
  readonly cookie: Buffer;
}

export type Admission =
  | { readonly type: 'admitted'; readonly keys: SessionKeys }
  | { readonly type: 'refused' }
  /** Too many wrong attempts of late. */
  | { readonly type: 'too-many' };

/**
 * Who may use the bridge. A secret (256 random bits) opens one session, once. Only hashes are kept,
 * and they are compared in constant time.
 */
export class Access {
  readonly #world: Pick<World, 'randomBytes'>;
  readonly #wrong: TokenBucket;
  #secret: Buffer | null = null;
  #sessions: readonly Session[] = [];

  constructor(world: Pick<World, 'randomBytes' | 'uptime'>) {
    this.#world = world;
    this.#wrong = new TokenBucket(WRONG_PER_SECOND, WRONG_BURST, world.uptime);
  }

  /** A fresh one-time secret. One that was not used yet ends with it. */
  newSecret(): string {
    const secret = this.#random();
    this.#secret = digest(secret);
    return secret;
  }

  /**
   * Exchanges a one-time secret for a session. `cookie` is what the browser already has: another
   * page of the same browser keeps it, so that its older pages stay good.
   */
  admit(secret: string, cookie: string | undefined): Admission {
    if (this.#secret === null || !timingSafeEqual(digest(secret), this.#secret)) {
      return this.#wrong.take(1) ? { type: 'refused' } : { type: 'too-many' };
    }
    this.#secret = null;
    const keys = { token: this.#random(), cookie: this.#known(cookie) ?? this.#random() };
    const session: Session = { token: digest(keys.token), cookie: digest(keys.cookie) };
    this.#sessions = [...this.#sessions, session].slice(-MAX_SESSIONS);
    return { type: 'admitted', keys };
  }

  /** Whether these are the two halves of one session. */
  isSession(token: string, cookie: string | undefined): 'yes' | 'no' | 'too-many' {
    const halves: Session = { token: digest(token), cookie: digest(cookie ?? '') };
    let found = false;
    for (const session of this.#sessions) {
      const token = timingSafeEqual(session.token, halves.token);
      const cookie = timingSafeEqual(session.cookie, halves.cookie);
      found ||= token && cookie;
    }
    if (found) return 'yes';
    return this.#wrong.take(1) ? 'no' : 'too-many';
  }

  /** Whether a page of this browser has a session; that alone opens nothing. */
  isCookie(cookie: string | undefined): boolean {
    return this.#known(cookie) !== null;
  }

  #known(cookie: string | undefined): string | null {
    if (cookie === undefined) return null;
    const hash = digest(cookie);
    return this.#sessions.some((session) => timingSafeEqual(session.cookie, hash)) ? cookie : null;
  }

  #random(): string {
    return Buffer.from(this.#world.randomBytes(32)).toString('base64url');
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
