import type { PlotPlan } from './lib/plot.ts';
import type { Plan } from './lib/row.ts';

export const FULL: Plan = {
  rounds: 15,
  warmUp: 200,
  measure: 600,
  longHistory: 1_000_000,
  links: 1_000,
  settle: 12_000,
  attack: 5_000,
  kinds: Number.POSITIVE_INFINITY,
  profiles: null,
};

/** Shows that everything works; its numbers mean nothing. */
export const QUICK: Plan = {
  rounds: 1,
  warmUp: 50,
  measure: 150,
  longHistory: 4_000,
  links: 10,
  settle: 100,
  attack: 300,
  kinds: 1,
  profiles: null,
};

/** Plots have many sizes, so each has fewer rounds. */
export const FULL_PLOTS: PlotPlan = {
  rounds: 5,
  warmUp: 200,
  measure: 600,
  histories: [1_000, 10_000, 100_000, 1_000_000],
  linkCounts: [1, 10, 100, 1_000],
  settle: 12_000,
  profiles: null,
};

export const QUICK_PLOTS: PlotPlan = {
  rounds: 1,
  warmUp: 50,
  measure: 100,
  histories: [1_000, 4_000],
  linkCounts: [1, 5],
  settle: 50,
  profiles: null,
};
