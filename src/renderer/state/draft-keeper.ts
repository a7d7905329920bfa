import type { Outcome } from '../../shared/bridge/outcome.ts';
import type { Contact, ContactId, SavedDraft } from '../../shared/model/model.ts';
import { type AppState, draftOf, withDraft } from './app-state.ts';
import { type Draft, isSame, toSave, withSaved } from './drafts.ts';

/** Where the core has a contact's draft: `saveDraft` of the bridge. */
type Save = (
  contactId: ContactId,
  draft: SavedDraft | null,
) => Promise<Outcome<{ readonly seq: number }>>;

/**
 * Keeps drafts in the core, where they outlive the page and other pages see them. Each change goes
 * there at once, so that a page that is closed after the last key loses nothing; the last page to
 * write wins.
 */
export class DraftKeeper {
  readonly #save: Save;
  readonly #onSettled: (contactId: ContactId) => void;
  /** How many changes of a contact's draft the core has not answered. */
  readonly #underWay = new Map<ContactId, number>();
  /** Whose draft the core could not take: the page's own is the only one. */
  readonly #refused = new Set<ContactId>();
  /** The event from which on the core's draft is at least as new as the page's last. */
  readonly #savedAt = new Map<ContactId, number>();

  /** @param onSettled told that the core's draft may be taken again, see `take` */
  constructor(save: Save, onSettled: (contactId: ContactId) => void) {
    this.#save = save;
    this.#onSettled = onSettled;
  }

  /** The state after a change: what it changed in drafts is saved, and the core's are taken. */
  follow(before: AppState, now: AppState): AppState {
    if (now.host === 'live' && before.host !== 'live') this.#again(now);
    for (const { contact } of now.drafts === before.drafts
      ? []
      : (now.snapshot?.conversations ?? [])) {
      const [was, is] = [draftOf(before, contact.id), draftOf(now, contact.id)];
      if (was === is || isSame(toSave(was), toSave(is))) continue;
      if (!this.#isCurrent(now, contact) || !isSame(toSave(is), contact.draft ?? null)) {
        void this.#send(contact.id, is);
      }
    }
    const { conversations = [] } = now.snapshot ?? {};
    if (conversations === before.snapshot?.conversations) return now;
    return conversations
      .filter((it, index) => it !== before.snapshot?.conversations[index])
      .reduce((state, { contact }) => this.#take(state, contact), now);
  }

  /** The state with the core's draft of a contact, unless the page's own is newer. */
  take(state: AppState, contactId: ContactId): AppState {
    const found = state.snapshot?.conversations.find((it) => it.contact.id === contactId);
    return found ? this.#take(state, found.contact) : state;
  }

  #take(state: AppState, contact: Contact): AppState {
    const draft = draftOf(state, contact.id);
    const saved = contact.draft ?? null;
    const isOurs = draft.sending.length > 0 || !this.#isCurrent(state, contact);
    if (isOurs || isSame(toSave(draft), saved)) return state;
    return withDraft(state, contact.id, withSaved(draft, saved));
  }

  /** Whether what the state knows of the core's draft is at least as new as the page's own. */
  #isCurrent({ snapshot }: AppState, { id }: Contact): boolean {
    if (this.#underWay.has(id) || this.#refused.has(id)) return false;
    return (snapshot?.seq ?? 0) >= (this.#savedAt.get(id) ?? 0);
  }

  /** After the host was lost: what it did not get goes again. */
  #again(state: AppState): void {
    this.#savedAt.clear();
    for (const id of this.#refused) void this.#send(id, draftOf(state, id));
  }

  async #send(contactId: ContactId, draft: Draft): Promise<void> {
    this.#underWay.set(contactId, (this.#underWay.get(contactId) ?? 0) + 1);
    const outcome = await this.#save(contactId, toSave(draft));
    if (outcome.ok) {
      this.#refused.delete(contactId);
      const before = this.#savedAt.get(contactId) ?? 0;
      this.#savedAt.set(contactId, Math.max(before, outcome.value.seq));
    } else {
      this.#refused.add(contactId);
    }
    const left = (this.#underWay.get(contactId) ?? 1) - 1;
    if (left > 0) this.#underWay.set(contactId, left);
    else this.#underWay.delete(contactId);
    if (left === 0) this.#onSettled(contactId);
  }
}
