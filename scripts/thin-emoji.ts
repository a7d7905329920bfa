/** One emoji as emojibase-data lists it: what the picker's data is made from. */
interface Listed {
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
  readonly version: number;
  readonly skins?: readonly { readonly emoji: string; readonly tone: number | readonly number[] }[];
}

/**
 * A list of emoji without what the page never reads (code points, shortcodes, skins of two people):
 * a third of its size. What stays has its form, so that `emoji-data.ts` reads either.
 */
export function thinEmoji(list: readonly Listed[]): readonly Listed[] {
  return list.map(({ emoji, label, tags, group, order, version, skins }) => ({
    emoji,
    label,
    ...(tags && { tags }),
    ...(group !== undefined && { group }),
    ...(order !== undefined && { order }),
    version,
    ...(skins && { skins: skins.filter(hasOneTone).map(({ emoji, tone }) => ({ emoji, tone })) }),
  }));
}

function hasOneTone({ tone }: { readonly tone: number | readonly number[] }): boolean {
  return typeof tone === 'number';
}
