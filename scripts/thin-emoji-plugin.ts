import type { Plugin } from 'vite';
import { thinEmoji } from './thin-emoji.ts';

/** Builds the thin lists in. */
export function thinEmojiPlugin(): Plugin {
  return {
    name: 'parley:thin-emoji',
    enforce: 'pre',
    transform: {
      filter: { id: /emojibase-data[\\/][\w-]+[\\/]data\.json$/ },
      handler: (json) => ({ code: JSON.stringify(thinEmoji(JSON.parse(json))), map: null }),
    },
  };
}
