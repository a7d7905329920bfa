import { randomInt } from 'node:crypto';
import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { Dice } from '../../simulation/dice.ts';
import { seeded } from '../basics/seeded.ts';
import { WAIT_TIMEOUT_MS } from '../basics/timeouts.ts';
import { startFaultProxy } from '../network/fault-proxy.ts';
import { brokenPromises } from './histories.ts';
import { moment, Typist } from './typist.ts';

/** The built command line. */
const BUILT_PARLEY = join(import.meta.dirname, '../../../out/main/parley.js');

/** When a process is killed: while it starts, while it shakes hands, or while messages stream. */
export type KillMoment = 'starting' | 'shaking hands' | 'streaming';

export interface KillRunOptions {
  readonly seed: number;
  readonly kills: number;
  /** An empty folder for the profiles. */
  readonly folder: string;
}

export interface KillRun {
  readonly kills: Readonly<Record<KillMoment, number>>;
  /** How many of the kills took both processes at once. */
  readonly ofBoth: number;
  readonly starts: number;
  /** Messages that the app said it had accepted. */
  readonly accepted: number;
  /** What a user would have lost; empty when all is well. */
  readonly broken: readonly string[];
}

/** Longest a start may take before it is killed as "starting", milliseconds. */
const START = 450;
/**
 * Bytes of fresh connections, from the first to this one, at which a handshake is killed: that takes
 * in TLS, the upgrade and the hello. Each start makes two connections of about that size.
 */
const HANDSHAKE_BYTES = 5_000;
/** Most lines typed on each side between two kills. */
const MOST_LINES = 40;

/**
 * Two `parley serve` on real sockets and real files stream messages to each other while one of them
 * or both are killed (SIGKILL) and started again on the same data and port. Which, and when, follows
 * from the seed; what the machine is doing at that moment does not.
 */
export async function runKills({ seed, kills, folder }: KillRunOptions): Promise<KillRun> {
  const dice = new Dice(seeded(seed));
  // A copy, so that a build in the meantime cannot mix two versions.
  cpSync(dirname(BUILT_PARLEY), join(folder, 'program'), { recursive: true });
  const program = join(folder, 'program/parley.js');

  const annPort = await quietPort();
  const benPort = await quietPort();
  let onBytes = (): void => undefined;
  const taps = [
    await startFaultProxy({ target: benPort, onBytes: () => onBytes() }),
    await startFaultProxy({ target: annPort, onBytes: () => onBytes() }),
  ] as const;
  const base = { program, folder };
  const ann = new Typist({ ...base, name: 'Ann', port: annPort, peerPort: taps[0].port });
  const ben = new Typist({ ...base, name: 'Ben', port: benPort, peerPort: taps[1].port });
  const people = [ann, ben] as const;
  const counts: Record<KillMoment, number> = { starting: 0, 'shaking hands': 0, streaming: 0 };
  let ofBoth = 0;
  let started: readonly Typist[] = people;

  /** Resolves when the connections that are new have carried `bytes` bytes in all. */
  const handshake = (bytes: number): Promise<void> => {
    const before = taps.map(({ connections }) => connections.length);
    return new Promise<void>((resolve) => {
      onBytes = () => {
        const fresh = taps.flatMap(({ connections }, index) => connections.slice(before[index]));
        const sum = fresh.reduce((total, { out, back }) => total + out.bytes + back.bytes, 0);
        if (sum < bytes) return;
        onBytes = () => undefined;
        resolve();
      };
    });
  };

  const untilThen = async (what: KillMoment, victim: Typist): Promise<void> => {
    if (what === 'starting') return moment(dice, START);
    if (what === 'shaking hands') return handshake(dice.between(1, HANDSHAKE_BYTES));
    await victim.process.when('its calls on start', ({ event }) => event === 'peer-called');
    const lines = dice.between(1, MOST_LINES);
    const progress = victim.progress(dice.between(1, lines));
    for (const person of people) person.stream(lines);
    await progress;
    return moment(dice, 20);
  };

  const patiently = async <T>(what: string, work: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const newest = people.map(({ name, process }) => `${name}:\n${process.newest}`);
        reject(new Error([`seed ${seed} stuck: ${what}`, ...newest].join('\n')));
      }, WAIT_TIMEOUT_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  };

  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const what: KillMoment =
        kill === 0 ? dice.pick(['starting', 'shaking hands']) : dice.pick(MOMENTS);
      // Only who was just started is starting.
      const victim = what === 'streaming' ? dice.pick(people) : dice.pick(started);
      await patiently(`kill ${kill} while ${what}`, untilThen(what, victim));
      const victims = dice.chance(0.15) ? people : [victim];
      await Promise.all(victims.map(({ process }) => process.kill()));
      for (const it of victims) it.restart();
      started = victims;
      counts[what] += 1;
      if (victims.length > 1) ofBoth += 1;
    }
    await patiently('the last lines', Promise.all(people.map((it) => it.lastLine())));
    await Promise.all(people.map(({ process }) => process.stop()));
  } finally {
    await Promise.all(people.map(({ process }) => process.kill()));
    await Promise.all(taps.map((tap) => tap.stop()));
  }
  return {
    kills: counts,
    ofBoth,
    starts: ann.starts + ben.starts,
    accepted: ann.accepted.length + ben.accepted.length,
    broken: brokenPromises(ann, ben),
  };
}

/** Half of the kills hit a stream, the others the short moments before it. */
const MOMENTS: readonly KillMoment[] = [
  'streaming',
  'streaming',
  'streaming',
  'starting',
  'shaking hands',
];

/**
 * A free port below those that systems give to outgoing connections: it must still be free when
 * its process was killed and starts again.
 */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const taken = await new Promise<boolean>((resolve) => {
      const probe = connect({ host: '127.0.0.1', port });
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
      probe.once('connect', () => probe.destroy());
    });
    if (!taken) return port;
  }
}
