import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

const SOURCE = join(import.meta.dirname, '../src');

/** The English texts, and the files with the types of their placeholders. */
const TABLES = [
  {
    name: 'MessagePlaceholders',
    file: 'renderer/i18n/catalogs/en/placeholders.ts',
    texts: ['renderer/i18n/catalogs/en/messages.json'],
  },
  {
    name: 'ReasonPlaceholders',
    file: 'shared/problems/placeholders.ts',
    texts: ['shared/problems/reasons.json', 'shared/problems/address-reasons.json'],
  },
] as const;

/**
 * The types by the paths of their files. TypeScript knows the keys of JSON, but of its texts only that
 * they are texts.
 */
export async function messageTypes(): Promise<ReadonlyMap<string, string>> {
  const types = TABLES.map(async ({ name, file, texts }): Promise<[string, string]> => {
    const lines = await Promise.all(texts.map((it) => members(join(SOURCE, it))));
    return [join(SOURCE, file), declaration(name, lines.flat())];
  });
  return new Map(await Promise.all(types));
}

function declaration(name: string, members: readonly string[]): string {
  return [
    '// Written by `npm run messages`.',
    '',
    '/** The placeholders of each English text that has some. */',
    `export interface ${name} {`,
    ...members,
    '}',
    '',
  ].join('\n');
}

async function members(file: string): Promise<readonly string[]> {
  const texts: Record<string, string> = JSON.parse(await readFile(file, 'utf8'));
  return Object.entries(texts).flatMap(([key, text]) => {
    const parts = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
    const names = [...new Set(placeholders(parts))].map((it) => `'${it}'`);
    return names.length === 0 ? [] : [`  '${key}': ${names.join(' | ')};`];
  });
}

function placeholders(parts: ReturnType<IntlMessageFormat['getAst']>): readonly string[] {
  return parts.flatMap((part) => [
    ...('value' in part && part.type !== 0 ? [part.value] : []),
    ...('options' in part
      ? Object.values(part.options).flatMap((it) => placeholders(it.value))
      : []),
  ]);
}

if (import.meta.main) {
  for (const [file, types] of await messageTypes()) await writeFile(file, types);
}
