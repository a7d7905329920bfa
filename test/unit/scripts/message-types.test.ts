import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { messageTypes } from '../../../scripts/message-types.ts';

test('placeholder types match the English messages', async () => {
  // `npm run messages` writes them.
  for (const [file, types] of await messageTypes()) {
    expect(await readFile(file, 'utf8'), file).toBe(types);
  }
});
