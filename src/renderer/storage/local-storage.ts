import type { PageStorage } from './page-storage.ts';

/** The browser's storage, or null where it refuses (private windows, strict settings). */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** What the browser keeps for this window alone, or null where it refuses. */
export function windowStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** The browser's own storage, for a page whose origin stays the same. */
export function localPageStorage(): PageStorage | null {
  const storage = browserStorage();
  if (storage === null) return null;
  return {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, value),
    removeItem: (key) => storage.removeItem(key),
    follow: (listener) => {
      window.addEventListener('storage', listener);
      return () => window.removeEventListener('storage', listener);
    },
  };
}
