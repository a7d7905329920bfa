/** Marks above and below a letter, except those that make another sound in Japanese. */
const ACCENTS = /[[\p{M}&&\p{sc=Inherited}]--[\u3099\u309a]]/gv;
/**
 * Letters of other scripts, and rare Latin ones, that are drawn like plain Latin ones, and what
 * they are drawn like. Capital and small letters of a name must give the same result.
 */
const DRAWN_ALIKE = pairs(
  // Cyrillic and Greek.
  'АВЕЅІЈКМНОРСТХУаеѕіјорсхуһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυ|вкмнтӏӀѵѴѡѠьЬςβεκμτχ',
  'ABESIJKMHOPCTXYaesijopcxyhdqwABEZHIKMNOPTYXaivopulbkmhtllvVwWbBcbekmtx',
  // Armenian, Cherokee, Lisu.
  'օոսհցյզՕՍᎪᏴᏼᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ',
  'onuhgjqOUABBCDEHJKLMPRSTVWZABCDEFGHIJKLMNOPRSTUVWXYZ',
  // Latin: small capitals, strokes, phonetic signs.
  'ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢᴑøØłŁđĐħĦɑɡıȷƅĸɯǀ℮',
  'ABCDEGHIJKLMNOPRSTUVWYZooOlLdDhHagijbkwle',
);
/** Latin letters and digits that are drawn alike in one case or the other. */
const SAME_SHAPE = pairs('i10', 'llo');

/**
 * The skeleton of a name: two names with the same skeleton are easily confused. Case, width,
 * accents, spaces, punctuation, symbols and invisible characters make no difference, nor do the
 * commonest letters that are drawn alike.
 */
export function lookOf(name: string): string {
  const plain = name.normalize('NFKD').replace(ACCENTS, '');
  const letters = plain.replace(/[[\s\p{P}\p{S}\p{C}\p{DI}]--[\u007c\u212e]]/gv, '');
  const latin = mapped(letters, DRAWN_ALIKE).toLowerCase();
  const look = mapped(latin, SAME_SHAPE).replaceAll('rn', 'm').replaceAll('vv', 'w');
  // A name of symbols only is those symbols.
  return look === '' ? plain.trim() : look;
}

/** Pairs the letters of one string with those of the next. */
function pairs(...lists: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < lists.length; at += 2) {
    const targets = [...(lists[at + 1] ?? '')];
    for (const [index, letter] of [...(lists[at] ?? '')].entries()) {
      found.set(letter, targets[index] ?? letter);
    }
  }
  return found;
}

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  return Array.from(text, (letter) => table.get(letter) ?? letter).join('');
}
