import type { ContactId } from '../../shared/model/model.ts';
import type { ChatStore } from './store.ts';

const KEY = 'parley.open';

/** Where a window remembers what it shows: as long as it is open, and through reloads. */
export type WindowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the browser keeps for this window alone, or null where it refuses. */
export function windowStorage(): WindowStorage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * Shows again, once it is known, the conversation that was open when the page was loaded anew, and
 * remembers from then on which one is. Null where nothing can be remembered.
 */
export function keepOpenPlace(
  store: Pick<ChatStore, 'getState' | 'subscribe' | 'select'>,
  storage: WindowStorage | null,
): void {
  let wanted: ContactId | null = read(storage);
  let kept = wanted;
  const follow = () => {
    const { snapshot, selected } = store.getState();
    if (wanted !== null && snapshot !== null) {
      const again = wanted;
      wanted = null;
      const known = snapshot.conversations.some((it) => it.contact.id === again);
      if (known && selected === null) return store.select(again);
    }
    if (wanted !== null || selected === kept) return;
    kept = selected;
    write(storage, selected);
  };
  store.subscribe(follow);
  follow();
}

function read(storage: WindowStorage | null): ContactId | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

function write(storage: WindowStorage | null, selected: ContactId | null): void {
  try {
    if (selected === null) storage?.removeItem(KEY);
    else storage?.setItem(KEY, selected);
  } catch {
    // Full or forbidden: the next page begins with the list.
  }
}
