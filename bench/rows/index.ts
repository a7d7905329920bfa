import { comparison } from '../lib/compare.ts';
import { figure } from '../lib/figure.ts';
import type { BenchRow } from '../lib/row.ts';
import { worstOf } from '../lib/worst.ts';
import { ATTACK_ROWS } from './attacks.ts';
import { DELIVERY_ROWS } from './delivery.ts';
import { FLOOD_ROWS } from './flood.ts';
import { HISTORY_ROWS } from './history.ts';
import { HOLD_ROWS } from './hold.ts';
import { MEMORY_ROWS } from './memory.ts';
import { OPEN_CONTRACT_ROWS } from './open-contract.ts';
import { ARRIVAL_ROWS, SCROLL_ROWS } from './page.ts';
import { SIZE_ROWS } from './size.ts';
import { START_ROWS } from './start.ts';

/** Everything that is measured, in the order of the table. */
export const ROWS: readonly BenchRow[] = [
  ...OPEN_CONTRACT_ROWS.map(comparison),
  ...DELIVERY_ROWS.map(comparison),
  ...START_ROWS.map(comparison),
  ...MEMORY_ROWS.map(comparison),
  ...HISTORY_ROWS.map(comparison),
  ...FLOOD_ROWS.map(worstOf),
  ...ATTACK_ROWS,
  ...HOLD_ROWS.map(figure),
  ...ARRIVAL_ROWS.map(comparison),
  ...SCROLL_ROWS.map(figure),
  ...SIZE_ROWS.map(figure),
];
