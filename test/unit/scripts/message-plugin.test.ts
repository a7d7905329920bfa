import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagePlugin, parsedCatalog } from '../../../scripts/message-plugin.ts';
import type { Catalog } from '../../../src/renderer/i18n/catalog.ts';
import * as english from '../../../src/renderer/i18n/catalogs/en/index.ts';
import { createI18n, type I18n } from '../../../src/renderer/i18n/i18n.ts';
import { LANGUAGE_TAGS, LANGUAGES, type Language } from '../../../src/renderer/i18n/languages.ts';
import { PROBLEM_CODES, problem } from '../../../src/shared/problems/problem.ts';
import REASONS from '../../../src/shared/problems/reasons.json' with { type: 'json' };

const I18N = join(import.meta.dirname, '../../../src/renderer/i18n');

/** The page's words as they are built: what `LANGUAGES` and `createI18n` are there. */
interface Built {
  readonly createI18n: typeof createI18n;
  readonly LANGUAGES: typeof LANGUAGES;
}

let folder = '';
let built: Built;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-messages-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [messagePlugin()],
    build: {
      outDir: folder,
      minify: false,
      lib: {
        entry: { words: join(I18N, 'i18n.ts'), languages: join(I18N, 'languages.ts') },
        formats: ['es'],
        fileName: (_format, name) => `${name}.mjs`,
      },
    },
  });
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
  built = { ...(await load('words.mjs')), ...(await load('languages.mjs')) };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The name of every placeholder of a catalog, with the same value. */
function everyName(catalog: Catalog, value: number | string): Record<string, number | string> {
  const names = JSON.stringify(catalog).matchAll(/\{(\w+)[,}]/g);
  return Object.fromEntries([...names].map(([, name]) => [name, value]));
}

/** All that a page can say, with one value in every placeholder. */
function allSaid(i18n: I18n, catalog: Catalog, value: number | string): string[] {
  const values = everyName(catalog, value);
  const say = i18n.t as (key: string, values: Record<string, number | string>) => string;
  const params = Object.fromEntries(Object.entries(values).map(([key, it]) => [key, String(it)]));
  const problems = PROBLEM_CODES.map((code) => problem(code, params));
  const reasons = Object.keys(REASONS).map((reasonCode) =>
    problem('call-failed', { ...params, reason: 'no', reasonCode }),
  );
  return [
    ...Object.keys(catalog.messages).map((key) => say(key, values)),
    ...[...problems, ...reasons].map((it) => JSON.stringify(i18n.problem(it))),
  ];
}

describe.each(LANGUAGE_TAGS)('the built page in %s', (language: Language) => {
  test('renders every message as its source does, whatever the values', async () => {
    const catalog = await LANGUAGES[language].load();
    const choice = { language, locale: language };
    const written = createI18n(choice, catalog);
    const shipped = built.createI18n(choice, await built.LANGUAGES[language].load());
    for (const value of [0, 1, 2, 3, 7, 11, 25, 100, 1_234_567.8, 'ahead', '{count} ’']) {
      expect(allSaid(shipped, catalog, value)).toEqual(allSaid(written, catalog, value));
    }
  });
});

test('the built page carries no message parser, and no message that would need one', async () => {
  const files = (await readdir(folder)).filter((it) => it.endsWith('.mjs') || it.endsWith('.js'));
  const code = (await Promise.all(files.map((it) => readFile(join(folder, it), 'utf8')))).join('');
  // The first is there; the others are a function and an error of the parser, and ICU's syntax.
  const signs = ['unread message', 'tryParseArgumentClose', 'UNCLOSED_QUOTE', ', plural,'];
  expect(signs.filter((it) => code.includes(it))).toEqual(['unread message']);
  for (const language of LANGUAGE_TAGS) {
    const { messages, problems, reasons, addressReasons } = await built.LANGUAGES[language].load();
    const parts = [messages, reasons, addressReasons, ...Object.values(problems)];
    const shipped = parts.flatMap((it) => Object.values(it));
    expect(shipped.filter((it: unknown) => typeof it === 'string')).toEqual([]);
  }
});

test.each(['{name', '{count, plural, one {a}}', '{}'])(
  'an invalid message fails the build, not the page: %s',
  (text) => {
    const messages = { ...english.messages, 'common.you': text };
    expect(() => parsedCatalog({ ...english, messages })).toThrow(SyntaxError);
  },
);
