import { describe, expect, test } from 'vitest';
import { isTrustedSender, type SenderFrame } from '../../../../src/main/ipc/sender.ts';

const OURS = 'parley-app://bundle';
const trust = (senderFrame: SenderFrame | null): boolean => isTrustedSender({ senderFrame }, OURS);

describe('a message to the core', () => {
  test('is heard from the main frame of our page', () => {
    expect(trust({ origin: OURS, parent: null })).toBe(true);
  });

  test.each([
    'null',
    '',
    'file://',
    'https://example.org',
    'parley-app://bundle.evil',
    'parley-app://other',
    'parley-app://bundle:1',
  ])('is not heard from a page of origin %j', (origin) => {
    expect(trust({ origin, parent: null })).toBe(false);
  });

  test('is not heard from a frame inside our page', () => {
    expect(trust({ origin: OURS, parent: { origin: OURS, parent: null } })).toBe(false);
  });

  test('is not heard from a frame that has gone', () => {
    expect(trust(null)).toBe(false);
    const gone: SenderFrame = {
      parent: null,
      get origin(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      },
    };
    expect(trust(gone)).toBe(false);
  });
});
