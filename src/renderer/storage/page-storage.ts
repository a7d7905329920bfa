/** Where the page keeps what is its own: looks, language, drafts. As `Storage`, plus a way to follow. */
export interface PageStorage extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  /** Calls `listener` after another page has changed something, until the answer is called. */
  readonly follow: (listener: () => void) => () => void;
}
