import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Plugin } from 'vite';
import type { Catalog, Message } from '../src/renderer/i18n/catalog.ts';

/** The whole of a language's words. */
const CATALOG = /[\\/]i18n[\\/]catalogs[\\/][\w-]+[\\/]index\.ts$/;

/** The package with the parser, which the formatter imports. */
const PARSER = /^@formatjs\/icu-messageformat-parser$/;

/**
 * Parses the page's messages while it is built, so that it carries what they mean and no parser: the
 * catalogs become trees, and the formatter gets the parser's package without the parser in it.
 */
export function messagePlugin(): Plugin {
  return {
    name: 'parley:messages',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [{ find: PARSER, replacement: '@formatjs/icu-messageformat-parser/no-parser.js' }],
      },
    }),
    load: {
      filter: { id: CATALOG },
      handler: async function (file) {
        for (const area of await readdir(dirname(file))) {
          this.addWatchFile(join(dirname(file), area));
        }
        const { catalog } = (await import(pathToFileURL(file).href)) as { catalog: Catalog };
        return { code: catalogModule(catalog), map: null };
      },
    },
  };
}

/** A module with the same exports as a catalog's own, its messages parsed. */
export function catalogModule(catalog: Catalog): string {
  const { messages, problems, reasons, terms } = parsedCatalog(catalog);
  return [
    `export const messages = ${JSON.stringify(messages)};`,
    `export const catalog = { messages, problems: ${JSON.stringify(problems)}, reasons: ${JSON.stringify(reasons)}, terms: ${JSON.stringify(terms)} };`,
  ].join('\n');
}

/** The same catalog, every message parsed. */
export function parsedCatalog({ messages, problems, reasons, terms }: Catalog): Catalog<Message> {
  return {
    messages: mapValues(messages, parsed),
    problems: mapValues(problems, ([cause, next]) => [parsed(cause), parsed(next)] as const),
    reasons: mapValues(reasons, parsed),
    // Not messages: they are put into messages as they are.
    terms,
  };
}

/** @throws SyntaxError when it is no ICU message; the build fails */
function parsed(text: string): Message {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
}

function mapValues<Key extends string, From, To>(
  from: Readonly<Partial<Record<Key, From>>>,
  to: (value: From) => To,
): Partial<Record<Key, To>> {
  const entries = Object.entries(from) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, to(value)])) as Partial<
    Record<Key, To>
  >;
}
