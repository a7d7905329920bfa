/**
 * The two people of the peer-to-peer example that the terminal's lines come from. Only the wording
 * uses this: whose capabilities a line speaks of, and what the absent other one is called until it
 * has told its own name.
 */
const cast: ReadonlyMap<string, { readonly possessive: string; readonly friend: string }> = new Map(
  [
    ['Alice', { possessive: 'her', friend: 'Bob' }],
    ['Bob', { possessive: 'his', friend: 'Alice' }],
  ],
);

/** `her`, `his`, or `their` for everyone we cannot know. */
export function possessive(name: string): string {
  return cast.get(name)?.possessive ?? 'their';
}

/** The partner of a person of the example; undefined for other names. */
export function exampleFriend(name: string): string | undefined {
  return cast.get(name)?.friend;
}
