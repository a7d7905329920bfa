/** What stands in place of a message's text. Always the same, so that it does not tell the length. */
export const MASK = '•••';

/**
 * The same Cap'n Web message without what people wrote: each `body` of an envelope, whatever is
 * passed to `chat`, and every text at the cut end of a message that was too long to keep.
 */
export function masked(value: unknown, cut: boolean): unknown {
  const chat = isChat(value);
  return maskDeep(value, chat, cut);
}

/** `["push",["pipeline",0,["chat"],[…]]]`, at whichever capability. */
function isChat(value: unknown): boolean {
  if (!Array.isArray(value) || !Array.isArray(value[1])) return false;
  const path: unknown = value[1][2];
  return Array.isArray(path) && path.at(-1) === 'chat';
}

function maskDeep(value: unknown, chat: boolean, atEnd: boolean): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    // The kind, the capability and the path are no one's words; the arguments are.
    if (chat && list[0] === 'pipeline') return [...list.slice(0, 3), maskAll(list.slice(3))];
    return list.map((it, index) => maskDeep(it, chat, atEnd && index === list.length - 1));
  }
  if (typeof value !== 'object' || value === null) {
    return atEnd && typeof value === 'string' ? MASK : value;
  }
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, it], index) => [
      key,
      key === 'body' ? maskAll(it) : maskDeep(it, chat, atEnd && index === entries.length - 1),
    ]),
  );
}

function maskAll(value: unknown): unknown {
  const json = JSON.stringify(value, (_key, it: unknown) => (typeof it === 'string' ? MASK : it));
  return JSON.parse(json);
}
