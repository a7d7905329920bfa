import type { Plugin } from 'vite';

/**
 * Writes everything beyond ASCII as escapes. One such sign makes V8 keep a chunk's whole source with
 * two bytes a character and decode it slowly: 15 ms of processor time and 2 MB at each start.
 */
export function asciiPlugin(): Plugin {
  return {
    name: 'parley:ascii',
    // After the source maps are made: no line moves, and a column only behind such a sign.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') file.code = asAscii(file.code);
        }
      },
    },
  };
}

/** Code with the same meaning; it must hold no `String.raw` of other signs. */
export function asAscii(code: string): string {
  // By UTF-16 units: a pattern with the flag `u` or `v` reads an escaped pair as one sign, too.
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
