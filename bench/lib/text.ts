import { seeded } from '../../test/support/basics/seeded.ts';

/** A chat message of ordinary length. */
export const SAMPLE_TEXT =
  'Shall we meet at the station at seven? I bring the tickets, and the others come by bike. 🚲';

const WORDS = 5_000;
const SYLLABLES = ['ba', 'ki', 'lo', 'mu', 'ne', 'po', 'ra', 'su', 'ti', 'vo', 'zen', 'mar'];

/** The word of a rank; rank 0 is the most common one. */
export function wordOf(rank: number): string {
  let text = '';
  for (let left = rank + SYLLABLES.length; left > 0; left = Math.floor(left / SYLLABLES.length)) {
    text += SYLLABLES[left % SYLLABLES.length] ?? '';
  }
  return text;
}

/** Made-up messages of 4 to 20 words; words are as unevenly common as in a language. */
export function* sampleTexts(): Generator<string, never> {
  const random = seeded(1);
  for (;;) {
    const length = 4 + Math.floor(random() * 17);
    const ranks = Array.from({ length }, () => Math.floor(WORDS ** random()) - 1);
    yield ranks.map(wordOf).join(' ');
  }
}
