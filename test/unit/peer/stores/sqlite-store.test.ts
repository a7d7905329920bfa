import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStore } from '../../../../src/peer/stores/sqlite-store.ts';
import { systemWorld } from '../../../../src/peer/system-world.ts';
import { searchContract } from '../../../support/search-contract.ts';
import { storeContract } from '../../../support/store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const make = () => {
  count += 1;
  return openSqliteStore({ path: join(folder, `${count}`, 'history.db'), world: systemWorld });
};

storeContract('the SQLite store', make);
searchContract('the SQLite store', make);
