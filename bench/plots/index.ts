import type { Plot } from '../lib/plot.ts';
import { DELIVERY_PLOT } from './delivery.ts';
import { HISTORY_MEMORY_PLOT, OPEN_PLOT, SEARCH_PLOT } from './history.ts';
import { LINK_MEMORY_PLOT } from './links.ts';

/** What is shown as it grows. */
export const PLOTS: readonly Plot[] = [
  DELIVERY_PLOT,
  OPEN_PLOT,
  SEARCH_PLOT,
  LINK_MEMORY_PLOT,
  HISTORY_MEMORY_PLOT,
];
