import type { EmojiData } from 'frimousse';
import type { Language } from '../../i18n/languages.ts';

/** One emoji as emojibase-data describes it. */
interface Source {
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
  readonly version: number;
  readonly skins?: readonly { readonly emoji: string; readonly tone?: number | number[] }[];
}

/** The groups of Unicode in the picker. (2 holds components: skin tones and hair.) */
export const EMOJI_GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
export type EmojiGroup = (typeof EMOJI_GROUPS)[number];

/** Newer ones are shown as boxes on systems still in use. */
const NEWEST = 15.1;

const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

// Bundled, and loaded with the picker. There is no list for Arabic.
const loaders: Readonly<Record<Language, () => Promise<{ readonly default: unknown }>>> = {
  en: () => import('emojibase-data/en/data.json'),
  de: () => import('emojibase-data/de/data.json'),
  es: () => import('emojibase-data/es/data.json'),
  fr: () => import('emojibase-data/fr/data.json'),
  ja: () => import('emojibase-data/ja/data.json'),
  'zh-Hans': () => import('emojibase-data/zh/data.json'),
  ar: () => import('emojibase-data/en/data.json'),
};

/** The emoji with their names in a language, in the picker's format. */
export async function loadEmoji(
  language: Language,
  nameOf: (group: EmojiGroup) => string,
): Promise<EmojiData> {
  const { default: sources } = await loaders[language]();
  return emojiData(language, sources as readonly Source[], nameOf);
}

/** Converts `sources` to the picker's format: in Unicode's order, by group. */
export function emojiData(
  locale: string,
  sources: readonly Source[],
  nameOf: (group: EmojiGroup) => string,
): EmojiData {
  const shown = sources.filter(
    ({ group, version }) => EMOJI_GROUPS.some((it) => it === group) && version <= NEWEST,
  );
  return {
    locale,
    emojis: shown
      .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
      .map(({ emoji, label, tags = [], group = 0, version, skins }) => {
        const tones = TONES.map(
          (name, index) =>
            [name, skins?.find((it) => it.tone === index + 1)?.emoji ?? emoji] as const,
        );
        return {
          emoji,
          label,
          tags: [...tags],
          category: group,
          version,
          ...(skins && {
            skins: Object.fromEntries(tones) as Record<(typeof TONES)[number], string>,
          }),
        };
      }),
    categories: EMOJI_GROUPS.map((index) => ({ index, label: nameOf(index) })),
    skinTones: { light: '', 'medium-light': '', medium: '', 'medium-dark': '', dark: '' },
  };
}
