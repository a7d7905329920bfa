import type { Store } from '../../src/core/storage/store.ts';
import { FakeWorld } from '../support/basics/fake-world.ts';
import { Dice } from './dice.ts';
import { violations } from './invariants.ts';
import { SimNetwork } from './sim-network.ts';
import { SimNode } from './sim-node.ts';
import { play } from './story.ts';

/** A core with one thing wrong, to show that the simulation notices. */
export interface Variant {
  readonly spoil?: (store: Store) => Store;
  readonly ignoresIdentity?: boolean;
}

export interface Run {
  readonly seed: number;
  /** Messages that an app said it had accepted. */
  readonly accepted: number;
  readonly violations: readonly string[];
}

/** Plays the story of one seed: the same seed is the same story, to the last byte. */
export async function simulate(seed: number, variant: Variant = {}): Promise<Run> {
  const world = new FakeWorld(seed);
  const dice = new Dice(world.random);
  const network = new SimNetwork(world, dice);
  network.stillborn = dice.chance(0.3) ? 0.2 : 0;
  network.latency = dice.pick([5, 50, 500]);
  network.ignoresIdentity = variant.ignoresIdentity ?? false;
  const found: string[] = [];
  const names = ['Ann', 'Ben', 'Cem', 'Dot'].slice(0, dice.between(2, 4));
  // In some stories the last one speaks nothing but the open contract.
  const open = dice.chance(0.25) ? names.at(-1) : null;
  const nodes = names.map(
    (name) =>
      new SimNode(name, name === open ? null : name, {
        world,
        dice,
        network,
        spoil: variant.spoil ?? ((store) => store),
        onViolation: (what) => found.push(what),
      }),
  );
  await play({ world, dice, network, nodes });
  found.push(...(await violations(nodes)));
  const accepted = nodes.reduce((sum, node) => sum + node.accepted.length, 0);
  for (const node of nodes) node.crash();
  return { seed, accepted, violations: found };
}
