import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Problem, problem } from '../../src/shared/problems/problem.ts';
import { reason } from '../../src/shared/problems/problem-reasons.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: why something went wrong, in the language
// of the page.

const open = setStage();

const fail = (page: Page, name: 'send' | 'importData', failure: Problem) =>
  page.evaluate(([which, what]) => (globalThis as InPage).fakeCore.fail(which, what), [
    name,
    failure,
  ] as const);

const SAID = {
  de: {
    connect: 'Verbinden',
    address: '„300.1.2.3“ ist keine gültige IPv4-Adresse: 300 ist größer als 255.',
    storage: 'Der Verlauf konnte nicht geschrieben werden: Der Datenträger ist voll.',
    settings: 'Einstellungen',
    import: 'Importieren …',
    line: 'Der Import hielt in Zeile 3 an: Die Zeile ist abgeschnitten oder kein JSON.',
    english: /(?<!\p{L})(the|is|not|there|valid|disk|full|or|cut|off)(?!\p{L})/iu,
  },
  ar: {
    connect: 'اتصال',
    address: 'ليس عنوان IPv4 صحيحًا',
    storage: 'القرص ممتلئ.',
    settings: 'الإعدادات',
    import: 'استيراد…',
    line: 'هو مقطوع أو ليس بصيغة JSON.',
    english: /(?<![\w.])(?!Parley|IPv|JSON)[a-z]{2,}/i,
  },
} as const;

test.each(['de', 'ar'] as const)('no problem is shown in English in %s', async (locale) => {
  const words = SAID[locale];
  const { page } = await open('busy', { locale });
  const problems = page.locator('.problem');
  const saying = async (text: string) => {
    await problems.filter({ hasText: text }).waitFor();
    for (const it of await problems.allTextContents()) expect(it).not.toMatch(words.english);
  };

  const form = page.locator('form.connect');
  await form.getByRole('textbox').fill('300.1.2.3:8080');
  await form.getByRole('button', { name: words.connect }).click();
  await saying(words.address);

  await fail(page, 'send', problem('storage', reason('disk-full')));
  await page.locator('.conversation-item').filter({ hasText: 'Bob' }).click();
  await page.locator('.composer textarea').fill('hello');
  await page.keyboard.press('Enter');
  await saying(words.storage);

  const cut = problem('import-invalid', { ...reason('import-not-json'), line: 3 });
  await fail(page, 'importData', cut);
  await page.getByRole('button', { name: words.settings }).click();
  await page.getByRole('button', { name: words.import }).click();
  await saying(words.line);
});

test('text from a friend’s computer is quoted, in any language', async () => {
  const { page } = await open('busy', { locale: 'de' });
  await page.locator('.conversation-item').filter({ hasText: 'Carol' }).click();
  await page.getByText('geantwortet: „the disk is full“').waitFor();
});
