/** The parameters of the text `Key`: none, or a value for each of its placeholders. */
export type PlaceholderValues<Placeholders, Key> = [Extract<Key, keyof Placeholders>] extends [
  never,
]
  ? []
  : [
      values: Readonly<
        Record<Placeholders[Extract<Key, keyof Placeholders>] & string, string | number>
      >,
    ];
