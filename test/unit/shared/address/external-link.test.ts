import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalLink, MAX_LINK } from '../../../../src/shared/address/external-link.ts';

describe('a link in a message', () => {
  test.each([
    ['http://example.org', 'http://example.org/'],
    ['HTTPS://Example.org/A?b=c#d', 'https://example.org/A?b=c#d'],
    ['https://192.168.1.20:8080/x', 'https://192.168.1.20:8080/x'],
    ['https://[::1]/', 'https://[::1]/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    // A Cyrillic а: it looks like another host until it is shown in ASCII.
    ['https://p\u0430ypal.com/', 'https://xn--pypal-4ve.com/'],
  ])('%s may be opened', (text, href) => {
    expect(externalLink(text)?.href).toBe(href);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:https://example.org/1',
    'ftp://example.org/',
    'https:example.org',
    'https:\\\\example.org',
    'https:///example.org',
    'https://',
    'https://friend.example@evil.example/',
    'https://a:b@evil.example/',
    'https://example.org/\u202Egnp.exe',
    'https://example.org/\u200b',
    'https://example.org/a b',
    'https://example.org/\n',
    ' https://example.org/',
    'https://exa mple.org/',
    '//example.org/',
    'example.org',
    '',
  ])('%j may not be opened', (text) => {
    expect(externalLink(text)).toBeNull();
  });

  test('only opens the web, whatever is written, and never at unlimited length', () => {
    const scheme = fc.constantFrom('http', 'https', 'javascript', 'data', 'file', 'HTTPS');
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.tuple(scheme, fc.constantFrom(':', '://', ':\\\\'), fc.string()).map((it) => it.join('')),
    );
    fc.assert(
      fc.property(text, (it) => {
        const url = externalLink(it);
        if (url === null) return;
        expect(url.href).toMatch(/^https?:\/\/[^/@]+\//);
        expect(url.href.length).toBeLessThanOrEqual(MAX_LINK);
        // What a URL says about itself is what is opened.
        expect(externalLink(url.href)?.href).toBe(url.href);
      }),
      { numRuns: 500 },
    );
  });
});
