import type { ContactId } from '../../shared/model/model.ts';
import type { PageStorage } from '../storage/page-storage.ts';
import type { AppState } from './app-state.ts';
import { type Attempt, type Draft, EMPTY_DRAFT, toKeep } from './drafts.ts';

/** The part of the page's storage that is used. */
export type DraftStorage = Pick<PageStorage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'parley.draft.';

/** Keeps drafts on this computer, so that they outlive the page and the app. */
export class DraftKeeper {
  readonly #storage: DraftStorage | null;

  /** `storage` is null where nothing can be kept; then drafts live as long as the page. */
  constructor(storage: DraftStorage | null) {
    this.#storage = storage;
  }

  load(contactId: ContactId): Draft {
    try {
      return parseDraft(this.#storage?.getItem(PREFIX + contactId) ?? null);
    } catch {
      return EMPTY_DRAFT;
    }
  }

  save(contactId: ContactId, draft: Draft): void {
    const { text, replyTo, failed } = toKeep(draft);
    try {
      if (text === '' && replyTo === null) this.#storage?.removeItem(PREFIX + contactId);
      else this.#storage?.setItem(PREFIX + contactId, JSON.stringify({ text, replyTo, failed }));
    } catch {
      // Full or forbidden: the draft lives as long as the page.
    }
  }
}

/**
 * Keeps what changed in the drafts between two states, and adds what was kept for conversations that
 * have just become known. (Not before: another profile may have been shown at this place.)
 */
export function keepDrafts(keeper: DraftKeeper, before: AppState, now: AppState): AppState {
  const drafts = new Map(now.drafts);
  if (now.snapshot !== before.snapshot) {
    const known = new Set(before.snapshot?.conversations.map((it) => it.contact.id));
    for (const { contact } of now.snapshot?.conversations ?? []) {
      if (known.has(contact.id) || drafts.has(contact.id)) continue;
      const draft = keeper.load(contact.id);
      if (draft !== EMPTY_DRAFT) drafts.set(contact.id, draft);
    }
  }
  for (const id of new Set([...before.drafts.keys(), ...now.drafts.keys()])) {
    const draft = now.drafts.get(id);
    if (draft !== before.drafts.get(id)) keeper.save(id, draft ?? EMPTY_DRAFT);
  }
  return drafts.size === now.drafts.size ? now : { ...now, drafts };
}

/** What was kept; what cannot be understood is no draft. */
export function parseDraft(kept: string | null): Draft {
  const value = fieldsOf(parsed(kept));
  const text = value['text'];
  if (typeof text !== 'string') return EMPTY_DRAFT;
  return {
    ...EMPTY_DRAFT,
    text,
    replyTo: idOf(value['replyTo']),
    failed: attempt(value['failed']),
  };
}

function attempt(kept: unknown): Attempt | null {
  const { id, body, replyTo } = fieldsOf(kept) as Readonly<Record<keyof Attempt, unknown>>;
  if (typeof id !== 'string' || typeof body !== 'string') return null;
  return { id, body, replyTo: idOf(replyTo) };
}

function idOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
