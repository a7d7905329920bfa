/**
 * Three letters and a Chinese character, again and again: of many mixtures the one that takes the most
 * room in the word index for its length. Hardly any word comes twice, each is in three or four of the
 * trees (whole, and by its first one, two and three letters), and no space parts them.
 *
 * @param bytes in UTF-8, up to 6 fewer
 * @param random uniform in [0, 1)
 */
export function costlyText(bytes: number, random: () => number): string {
  let text = '';
  for (let at = 0; at + 6 <= bytes; at += 6) {
    const letters = Math.floor(random() * 36 ** 3);
    const character = String.fromCharCode(0x4e00 + Math.floor(random() * 20_000));
    text += letters.toString(36).padStart(3, '0') + character;
  }
  return text;
}
