import { join } from 'node:path';
import { ATTACK_NAMES, type AttackName } from '../lib/attacks/index.ts';
import { type FigureRow, figure } from '../lib/figure.ts';
import { PROCESSORS } from '../lib/pin.ts';
import { aboutOf, type BenchRow, meets, type Plan, type RowResult } from '../lib/row.ts';
import { startRole } from '../lib/start-role.ts';
import { median, summarize } from '../lib/statistics.ts';
import { type Trial, tryAttack } from '../lib/trials.ts';
import type { ReturningContactOptions, Stay } from '../roles/returning-contact.ts';

/** Each takes some seconds, with a victim of its own. */
const MOST_ROUNDS = 3;
const MEGABYTE = 1_000_000;

type Trials = Readonly<Record<string, readonly Trial[]>>;

/** Rows that look at the same attacks share them. */
const made = new WeakMap<Plan, Promise<Trials>>();

function trialsOf(plan: Plan, folder: string): Promise<Trials> {
  const known = made.get(plan) ?? tryAll(plan, folder);
  made.set(plan, known);
  return known;
}

async function tryAll(plan: Plan, folder: string): Promise<Trials> {
  const names = ATTACK_NAMES.slice(0, plan.kinds);
  const trials: Record<string, Trial[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < Math.min(plan.rounds, MOST_ROUNDS); round += 1) {
    for (const name of names) {
      trials[name]?.push(await tryAttack(name, plan, join(folder, `${name}-${round}`)));
    }
  }
  return trials;
}

const message: BenchRow = {
  name: 'attack-message',
  title: `p99 of an honest contact's durable messages beside an attack, the worst of ${ATTACK_NAMES.length}`,
  against: 'its p99 before the attack',
  unit: 'ms',
  goal: 'at-most',
  target: 5,
  measure: async (plan, folder): Promise<RowResult> => {
    const parts = Object.entries(await trialsOf(plan, folder)).map(([name, trials]) => ({
      name,
      trials,
      ratio: summarize(trials.map(({ beside, alone }) => beside / alone)),
    }));
    const [worst] = parts.toSorted((a, b) => b.ratio.median - a.ratio.median);
    if (!worst) throw new Error('There are no attacks.');
    const failures = parts.filter(({ trials }) => trials.some(({ failed }) => failed > 0));
    return {
      ...aboutOf(message),
      value: worst.ratio.median,
      met: meets(message, worst.ratio.median),
      ratio: worst.ratio,
      ours: summarize(worst.trials.map(({ beside }) => beside)),
      baseline: summarize(worst.trials.map(({ alone }) => alone)),
      cpu: null,
      parts: parts.map(({ name, ratio }) => ({ name, unit: '×', value: ratio })),
      remarks: [
        `the worst: ${worst.name}`,
        ...failures.map(({ name }) => `${name}: some honest messages failed`),
      ],
    };
  },
};

/** The most of one figure over all attacks. */
function mostOf(
  about: Pick<FigureRow, 'name' | 'title' | 'unit' | 'target'>,
  figureOf: (trial: Trial) => number,
): FigureRow {
  return {
    ...about,
    against: null,
    goal: 'at-most',
    take: async (plan, folder) => {
      const parts = Object.entries(await trialsOf(plan, folder)).map(([name, trials]) => ({
        name,
        values: trials.map((trial) => figureOf(trial)),
      }));
      const [worst] = parts.toSorted((a, b) => median(b.values) - median(a.values));
      return {
        values: worst?.values ?? [],
        parts: parts.map(({ name, values }) => ({
          name,
          unit: about.unit,
          value: summarize(values),
        })),
        remarks: [`the most: ${worst?.name}`],
      };
    },
  };
}

/** So many times as long as other attacks: longer than a contact may need to connect anew. */
const STAY_LONGER = 3;
const FULL_SLOTS: AttackName = 'full-slots';

const reconnect: FigureRow = {
  name: 'attack-reconnect',
  title: 'an accepted contact connects anew while all places are taken from 33 addresses',
  against: null,
  unit: 's',
  goal: 'at-most',
  target: 10,
  take: async (plan, folder) => {
    const stays: Stay[] = [];
    for (let round = 0; round < Math.min(plan.rounds, MOST_ROUNDS); round += 1) {
      stays.push(await stayThrough(plan, join(folder, `stay-${round}`)));
    }
    return {
      values: stays.map(({ connected }) => connected),
      parts: [
        { name: 'links lost', unit: 'links', value: summarize(stays.map(({ lost }) => lost)) },
      ],
    };
  },
};

async function stayThrough(plan: Plan, folder: string): Promise<Stay> {
  const duration = plan.attack * STAY_LONGER;
  const victim = await startRole<{ readonly port: number }>({
    role: 'parley-server.ts',
    options: { dataDir: join(folder, 'victim') },
    processor: PROCESSORS.victim,
  });
  try {
    const { port } = victim.value;
    const options: ReturningContactOptions = { port, folder, begins: plan.measure, duration };
    const contact = await startRole<null>({ role: 'returning-contact.ts', options });
    try {
      const attacker = await startRole<null>({
        role: 'attacker.ts',
        options: { port, how: FULL_SLOTS, duration },
        processor: PROCESSORS.attacker,
      });
      try {
        const [stay] = await Promise.all([contact.run(), attacker.run()]);
        return stay as Stay;
      } finally {
        await attacker.stop();
      }
    } finally {
      await contact.stop();
    }
  } finally {
    await victim.stop();
  }
}

export const ATTACK_ROWS: readonly BenchRow[] = [
  message,
  figure(
    mostOf(
      {
        name: 'attack-memory',
        title: `resident memory of the victim above rest, at most, the worst of ${ATTACK_NAMES.length} attacks`,
        unit: 'MB',
        target: 150,
      },
      ({ memory }) => memory / MEGABYTE,
    ),
  ),
  figure(
    mostOf(
      {
        name: 'attack-disk',
        title: `what the victim's profile grows by, the worst of ${ATTACK_NAMES.length} attacks`,
        unit: 'MB',
        target: 150,
      },
      ({ disk }) => disk / MEGABYTE,
    ),
  ),
  figure(
    mostOf(
      {
        name: 'attack-dials',
        title: `dials to a place that an attacker named, the worst of ${ATTACK_NAMES.length} attacks`,
        unit: 'dials',
        target: 60,
      },
      ({ dials }) => dials,
    ),
  ),
  figure(reconnect),
];
