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
        for (const part of await readdir(dirname(file))) {
          this.addWatchFile(join(dirname(file), part));
        }
        const catalog = (await import(pathToFileURL(file).href)) as Catalog;
        return { code: catalogModule(catalog), map: null };
      },
    },
  };
}

/** A module with the same exports as a catalog's own, its messages parsed. */
function catalogModule(catalog: Catalog): string {
  return Object.entries(parsedCatalog(catalog))
    .map(([name, words]) => `export const ${name} = ${JSON.stringify(words)};`)
    .join('\n');
}

/** The same catalog, every message parsed. What is left is shown, or put into messages, as it is. */
export function parsedCatalog({
  messages,
  problems,
  reasons,
  addressReasons,
  ...rest
}: Catalog): Catalog<Message> {
  const parts = { messages, problems, reasons, addressReasons };
  const trees: Omit<Catalog<Message>, 'terms' | 'menus'> = JSON.parse(
    JSON.stringify(parts),
    (_key, value: unknown) => (typeof value === 'string' ? parsed(value) : value),
  );
  return { ...trees, ...rest };
}

/** @throws SyntaxError when it is no ICU message; the build fails */
function parsed(text: string): Message {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
}
