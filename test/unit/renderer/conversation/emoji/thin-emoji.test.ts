import { expect, test } from 'vitest';
import { thinEmoji } from '../../../../../scripts/thin-emoji.ts';
import { emojiData } from '../../../../../src/renderer/conversation/emoji/emoji-data.ts';

type List = Parameters<typeof thinEmoji>[0];
const lists: readonly (readonly [string, () => Promise<{ readonly default: unknown }>])[] = [
  ['en', () => import('emojibase-data/en/data.json')],
  ['de', () => import('emojibase-data/de/data.json')],
  ['es', () => import('emojibase-data/es/data.json')],
  ['fr', () => import('emojibase-data/fr/data.json')],
  ['ja', () => import('emojibase-data/ja/data.json')],
  ['zh', () => import('emojibase-data/zh/data.json')],
];

test.each(lists)('the picker shows the same with the reduced list of %s', async (name, load) => {
  const full = (await load()).default as List;
  const thin = thinEmoji(full);
  const data = (list: unknown) =>
    emojiData(name, list as Parameters<typeof emojiData>[1], (group) => `group ${group}`);
  expect(data(thin)).toEqual(data(full));
  expect(JSON.stringify(thin).length).toBeLessThan(JSON.stringify(full).length / 2);
});
