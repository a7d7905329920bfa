import { expect, test } from 'vitest';
import {
  EMOJI_GROUPS,
  loadEmoji,
} from '../../../../../src/renderer/conversation/emoji/emoji-data.ts';
import { LANGUAGE_TAGS } from '../../../../../src/renderer/i18n/languages.ts';

test.each(LANGUAGE_TAGS)('%s has emoji with names, skin tones and no gaps', async (language) => {
  const data = await loadEmoji(language, (group) => `group ${group}`);
  expect(data.emojis.length).toBeGreaterThan(1_500);
  expect(new Set(data.emojis.map((it) => it.emoji)).size).toBe(data.emojis.length);
  for (const { emoji, label, category, skins } of data.emojis) {
    expect(emoji).not.toBe('');
    expect(label).not.toBe('');
    expect(EMOJI_GROUPS).toContain(category);
    if (skins) expect(Object.values(skins).every((it) => it !== '')).toBe(true);
  }
  const wave = data.emojis.find((it) => it.emoji === '👋');
  expect(wave?.skins?.dark).toBe('👋🏿');
  // Parts of flags are no emoji of their own.
  expect(data.emojis.some((it) => it.emoji === '🇫')).toBe(false);
});
