import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const tokens = readFileSync('src/renderer/styles/tokens.css', 'utf8');

type Scheme = 'light' | 'dark';

/** Relative luminance as WCAG 2.2 defines it, of a colour like `#0c6a59`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function colour(name: string, scheme: Scheme): string {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
  const single = new RegExp(`--${name}: (#\\w{6});`).exec(tokens);
  const found = pair?.[scheme === 'light' ? 1 : 2] ?? single?.[1];
  if (found === undefined) throw new Error(`There is no colour ${name}.`);
  return found;
}

const grounds = ['ground', 'ground-side', 'ground-raised', 'ground-hover', 'ground-chosen'];
const texts: readonly (readonly [text: string, ground: string])[] = [
  ...grounds.flatMap((ground) => [['ink', ground] as const, ['ink-soft', ground] as const]),
  ...['accent', 'warn', 'bad'].flatMap((it) => grounds.map((ground) => [it, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-bubble-me', 'bubble-me'],
  ['ink', 'bubble-them'],
  ['ink', 'ground-sunken'],
  ['ink-soft', 'ground-sunken'],
  ['warn', 'warn-ground'],
  ['ink', 'bad-ground'],
  ['ink-soft', 'bad-ground'],
  ['bad', 'bad-ground'],
  ['bad', 'bad-hover'],
  ...Array.from({ length: 8 }, (_, index) => ['on-avatar', `avatar-${index}`] as const),
];

/** Lines that one must see to find a control or to know a state. */
const lines: readonly (readonly [line: string, ground: string])[] = [
  ...grounds.map((ground) => ['line-strong', ground] as const),
  ...grounds.map((ground) => ['focus', ground] as const),
  ['good', 'ground-side'],
  ['good', 'ground'],
];

/** The pairs that are nearer to each other than `least`. */
function tooClose(pairs: typeof texts, least: number, scheme: Scheme): readonly string[] {
  return pairs
    .map(([a, b]) => ({ a, b, ratio: contrast(colour(a, scheme), colour(b, scheme)) }))
    .filter(({ ratio }) => ratio < least)
    .map(({ a, b, ratio }) => `${a} on ${b}: ${ratio.toFixed(2)}`);
}

test.each(['light', 'dark'] as const)('%s: all text has enough contrast (WCAG AA)', (scheme) => {
  expect(tooClose(texts, 4.5, scheme)).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  '%s: all controls and marks have enough contrast (WCAG AA)',
  (scheme) => {
    expect(tooClose(lines, 3, scheme)).toEqual([]);
  },
);
