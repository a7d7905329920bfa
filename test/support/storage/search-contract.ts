import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/core/storage/store.ts';
import { ourKey, ours, sampleContact, theirs } from './store-samples.ts';

/** What people may expect of the search; each kind of store has to find the same. */
export function searchContract(name: string, make: () => Promise<Store>): void {
  describe(`the search of ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
      await store.saveContact(sampleContact('ann'));
      await store.saveContact(sampleContact('bob'));
    });
    afterEach(() => store.close());

    const hold = (...bodies: string[]) =>
      store.addMessages(bodies.map((body, index) => ours('ann', `${index}`, { body })));
    const find = async (query: string) => {
      const all = { contactId: null, limit: 100, before: null };
      return (await store.search(query, all)).hits.map((hit) => hit.message.body);
    };

    test('every word must occur, in any order, the last one also as a prefix', async () => {
      await hold('the quick brown fox', 'the brown bear', 'quickly now');
      expect(await find('brown the')).toEqual(['the brown bear', 'the quick brown fox']);
      expect(await find('quick')).toEqual(['quickly now', 'the quick brown fox']);
      expect(await find('quick the')).toEqual(['the quick brown fox']);
      expect(await find('ox')).toEqual([]);
    });

    test.each([
      ['CAFÉ', 'un café noir'],
      ['cafe', 'un CAFÉ noir'],
      ['ａｂｃ', 'abc'],
      ['ΟΔΟΣ', 'η οδός'],
      ["don't", "I DON'T know"],
      ['kg', '5 ㎏'.normalize('NFKC')],
      ['👍', 'good 👍🏽 job'],
      ['x\0y', 'x y'],
      // letters that Unicode does not take apart
      ['lodz', 'do ŁODZI i do Łódź'],
      ['Łódź', 'lodz in capitals: LODZ'],
      ['strasse', 'Hauptstraße oder Straße'],
      ['STRAẞE', 'die strasse'],
      ['orsted', 'Hans Christian Ørsted'],
      ['aeble', 'et æble'],
      ['oeuvre', "l'Œuvre au noir"],
      ['thorn', 'þorn'],
      ['istanbul', 'İstanbul, ıstanbul'],
      ['djurdjevic', 'Djurdjević'],
      ['durdevic', 'Đurđević'],
      ['cafe', 'cafe\u0301'],
      ['резюме', 'Резюмѐ'],
      ['гудзик', 'ґудзик'],
      // marks and forms of Hebrew and Arabic
      ['שלום', 'שָׁלוֹם לכולם'],
      ['שָׁלוֹם', 'שלום'],
      ['שלומ', 'שלום'],
      ['محمد', 'مُحَمَّد هنا'],
      ['احمد', 'أحمد، إيمان'],
      ['ايمان', 'أحمد، إيمان'],
      ['القران', 'القرآن'],
      ['موسي', 'موسى'],
      ['مدرسه', 'مدرسة'],
      ['سلام', 'ســــلام'],
      ['کتاب', 'كتاب'],
      ['2026', 'سنة ٢٠٢٦'],
      ['۲۰۲۶', '2026'],
      ['میخواهم', 'می\u200cخواهم'],
      // what is not drawn
      ['wordbreak', 'word\u00adbreak'],
      ['word\u00adbreak', 'wordbreak'],
      ['hi', '2J\u202eHi\u202c'],
      ['hello', '\ufeffhel\u200blo'],
      ['हिंदी', 'हिंदी में'],
      ['ज़मीन', 'जमीन'],
      // pictographs and flags
      ['🇩🇪', 'from 🇫🇷🇩🇪'],
      ['👩‍💻', 'a 👩🏽‍💻 at work'],
      ['❤', 'with ❤️'],
      [
        '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
        '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} v Wales',
      ],
      ['п’ять', 'пʼять'],
      // signs
      ['C++', 'we write C++ here'],
      ['c#', 'C#, not C'],
      ['#release', 'see #release-notes'],
      ['@bob', 'ask @Bob!'],
      ['50%', 'at 50% of it'],
      [':-)', 'well :-)'],
      [':D', 'great :D'],
      ['#', 'a # b'],
      ['snake_case', 'a Snake_Case name'],
      ['/usr/bin', 'in /usr/bin/env'],
      ['€5', 'costs €5'],
      ['hello,', 'hello world'],
      ['“quoted”', 'the quoted word'],
      ['+', '１＋１'],
    ])('%s finds "%s"', async (query, body) => {
      await hold(body, 'something else');
      expect(await find(query)).toEqual([body]);
    });

    test.each([
      ['世界', 'こんにちは世界、元気？'],
      ['界', 'こんにちは世界、元気？'],
      ['ガラス', 'ｶﾞﾗｽの窓'],
      ['北京', '我明天去北京大学'],
      ['スーパー 夜', '今夜スーパーへ'],
      ['2020年', '東京2020年'],
      ['สวัสดี', 'สวัสดีครับ'],
    ])('text without spaces: %s finds "%s"', async (query, body) => {
      await hold(body, '京北、硝子');
      expect(await find(query)).toEqual([body]);
    });

    test.each([
      ['C++', 'see the code, c, cc and C+'],
      ['c#', 'C and #'],
      [':-)', 'a - b: (c)'],
      ['🇩🇪', '🇫🇷 🇪🇩'],
      ['#tag', 'tag # other'],
      ['a/b', 'a b'],
      ['ß', 's'],
    ])('%s does not find "%s"', async (query, body) => {
      await hold(body);
      expect(await find(query)).toEqual([]);
    });

    test.each(['', ' ', '"', "'", '*', '(', 'NEAR(', '-', '^', '""', '\\', '%', '!?', '\0'])(
      '%j is a valid query and finds nothing',
      async (query) => {
        await hold('a message');
        expect(await find(query)).toEqual([]);
      },
    );

    test.each(['a OR', 'NOT a', 'AND', '"a', 'a"b*', 'words:a', 'a NEAR b', '{a}', 'a + b', 'a^'])(
      '%j is read as words, not as query syntax',
      async (query) => {
        const body = `${query} and more`;
        await hold(body, 'something else');
        expect(await find(query)).toEqual([body]);
      },
    );

    test('queries of any length are answered', async () => {
      const word = 'a'.repeat(9_999);
      const words = 'b '.repeat(9_999);
      const phrase = 'c-'.repeat(9_999);
      await hold(word, words, phrase);
      expect(await find(word)).toEqual([word]);
      expect(await find(words)).toEqual([words]);
      expect(await find(phrase)).toEqual([phrase]);
    });

    test('hits come newest first, by page, in one conversation or in all', async () => {
      for (let n = 1; n <= 3; n += 1) {
        await store.addMessages([
          theirs('ann', `a${n}`, { body: `tea ${n}` }),
          theirs('bob', `b${n}`, { body: `tea ${n}` }),
        ]);
      }
      const page = await store.search('tea', { contactId: null, limit: 4, before: null });
      expect(page.hits.map((hit) => hit.message.id)).toEqual(['b3', 'a3', 'b2', 'a2']);
      expect(page.more).toBe(true);
      const before = page.hits.at(-1)?.message.seq ?? 0;
      const rest = await store.search('tea', { contactId: null, limit: 4, before });
      expect(rest.hits.map((hit) => hit.message.id)).toEqual(['b1', 'a1']);
      expect(rest.more).toBe(false);
      const ann = await store.search('tea', { contactId: 'ann', limit: 2, before: null });
      expect(ann.hits.map((hit) => hit.message.id)).toEqual(['a3', 'a2']);
      expect(ann.more).toBe(true);
    });

    test('the excerpt is one line around the match', async () => {
      await hold('short\nand   simple', `${'x '.repeat(500)}needle ${'y '.repeat(500)}`);
      const excerpt = async (query: string) => {
        const page = await store.search(query, { contactId: null, limit: 1, before: null });
        return page.hits[0]?.excerpt ?? '';
      };
      expect(await excerpt('simple')).toBe('short and simple');
      const cut = await excerpt('needle');
      expect(cut).toMatch(/^…x .*needle .* y…$/);
      expect(cut.length).toBeLessThan(150);
    });

    test('deleted, removed and merged messages are found only where they are now', async () => {
      await store.addMessages([
        ours('ann', '1', { body: 'tea one' }),
        ours('ann', '2', { body: 'tea two' }),
        ours('bob', '3', { body: 'tea three' }),
      ]);
      await store.deleteMessage(ourKey('ann', '1'));
      expect(await find('tea')).toEqual(['tea three', 'tea two']);
      await store.mergeContact('bob', sampleContact('ann'));
      const inAnn = await store.search('tea', { contactId: 'ann', limit: 9, before: null });
      expect(inAnn.hits.map((hit) => hit.message.contactId)).toEqual(['ann', 'ann']);
      await store.removeContact('ann');
      expect(await find('tea')).toEqual([]);
    });
  });
}
