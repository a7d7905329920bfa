/** Names of what passes between Electron's main process and the preload, known only to those two. */
export const IPC_CHANNELS = {
  /** Page to main, answered with an `Outcome`: `(channel, name, input)`. */
  call: 'parley:call',
  /** Page to main: a new document began, so subscriptions of the one before are over. */
  pageStarted: 'parley:page-started',
  /** Page to main: `(subscription number, channel, afterSeq)`. */
  subscribe: 'parley:subscribe',
  /** Page to main: `(subscription number)`. */
  unsubscribe: 'parley:unsubscribe',
  /** Main to page: `(subscription number, batch)`. */
  events: 'parley:events',
  /** Page to main: `(subscription number)`; it has taken the batch. */
  taken: 'parley:taken',
} as const;
