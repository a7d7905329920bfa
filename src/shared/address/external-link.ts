/** Maximum length of an address that is opened, in UTF-16 units. */
export const MAX_LINK = 2_048;

/** Control characters, white space and bidirectional marks: never part of an address. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u;

/**
 * The web address in `text`, or null: `http` or `https` with both slashes, a host, and no user name
 * or password, which are used in links mostly to make another host look like the real one. The host
 * of the result is in ASCII (`xn--…` for any other script).
 */
export function externalLink(text: unknown): URL | null {
  if (typeof text !== 'string' || text.length > MAX_LINK) return null;
  if (!/^https?:\/\/[^/\\]/i.test(text) || UNSAFE.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (!web || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  return url.href.length > MAX_LINK ? null : url;
}
