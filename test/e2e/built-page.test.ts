import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { looseIn, parsePolicy } from '../support/browser/policy.ts';

// Points 1, 7 and 18 of Electron's security checklist, in the page as it is built.

const PAGE = 'out/renderer';

/** Why an address may stand in the page's script. Nothing is ever loaded from any of them. */
const NAMED: Readonly<Record<string, string>> = {
  'http://': 'the beginning of an address, to compare with or to put before one',
  'http://www.w3.org': 'names of SVG, MathML and XML, which are no addresses',
  'https://react.dev': 'React’s errors name a page that explains them',
  'https://github.com': 'a link in the settings; the user’s browser opens it',
  'https://cdn.jsdelivr.net': 'the emoji picker’s default, in whose place we give it our own data',
};

const files = readdirSync(PAGE, { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile())
  .map((it) => join(it.parentPath, it.name));

function textsOf(extension: string): readonly [string, string][] {
  return files
    .filter((it) => extname(it) === extension)
    .map((it) => [it, readFileSync(it, 'utf8')] as const)
    .map(([name, text]) => [name, text]);
}

describe('the built page', () => {
  test('references its own files by relative paths, and nothing on the network', () => {
    const [page, ...others] = textsOf('.html');
    expect(others).toEqual([]);
    const [, html = ''] = page ?? [];
    const named = [...html.matchAll(/\b(?:src|href|action|data|poster|srcset)="([^"]*)"/g)];
    const kinds = named.map(([, it]) => extname(it ?? ''));
    expect(kinds.toSorted()).toEqual(['.css', '.js', '.svg']);
    expect(named.map(([, it]) => it).filter((it) => !it?.startsWith('./assets/'))).toEqual([]);
    expect(html).not.toMatch(/<(?:base|iframe|frame|object|embed|webview|form)\b/i);
    expect(html).not.toMatch(
      /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|http-equiv="refresh"/i,
    );
  });

  test('has style sheets that load only its own files', () => {
    const sheets = textsOf('.css');
    expect(sheets.length).toBeGreaterThan(0);
    for (const [name, css] of sheets) {
      expect(css, name).not.toMatch(/@import|https?:|file:|\/\/[a-z]/i);
      const loaded = [...css.matchAll(/url\(["']?([^"')]*)/g)].map(([, it = '']) => it);
      expect(loaded.filter((it) => !/^(?:data:image\/|\.\/)/.test(it))).toEqual([]);
    }
  });

  test('has only known URLs in its scripts, and no file paths', () => {
    const scripts = textsOf('.js');
    expect(scripts.length).toBeGreaterThan(5);
    const found = scripts.flatMap(([, js]) => [
      ...(js.match(/\b(?:https?|wss?|ftp|file):\/\/[\w.:[\]-]*/g) ?? []),
    ]);
    expect(found.filter((it) => !Object.hasOwn(NAMED, it))).toEqual([]);
  });

  test('has a content security policy as strict as the app’s', () => {
    const [[, html = ''] = []] = textsOf('.html');
    const text = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1] ?? '';
    const policy = parsePolicy(text);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'none'"]);
    expect(looseIn(policy)).toEqual([]);
  });
});
