/**
 * The two people of the peer-to-peer example that the terminal's lines come from. Only the wording
 * uses this: the possessive in a line, and the name of the absent peer until it has announced its
 * own.
 */
const cast: ReadonlyMap<string, { readonly possessive: string; readonly friend: string }> = new Map(
  [
    ['Alice', { possessive: 'her', friend: 'Bob' }],
    ['Bob', { possessive: 'his', friend: 'Alice' }],
  ],
);

/** `her`, `his`, or `their` for any other name. */
export function possessive(name: string): string {
  return cast.get(name)?.possessive ?? 'their';
}

/** The partner of a person of the example; undefined for other names. */
export function exampleFriend(name: string): string | undefined {
  return cast.get(name)?.friend;
}
