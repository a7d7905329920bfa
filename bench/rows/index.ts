import type { Row } from '../lib/row.ts';
import { DELIVERY_ROWS } from './delivery.ts';
import { HISTORY_ROWS } from './history.ts';
import { OPEN_CONTRACT_ROWS } from './open-contract.ts';
import { START_ROWS } from './start.ts';

/** Everything that is measured, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...OPEN_CONTRACT_ROWS,
  ...DELIVERY_ROWS,
  ...START_ROWS,
  ...HISTORY_ROWS,
];
