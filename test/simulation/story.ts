import { formatInvite } from '../../src/shared/address/invite.ts';
import type { FakeWorld } from '../support/basics/fake-world.ts';
import type { Dice } from './dice.ts';
import type { SimNetwork } from './sim-network.ts';
import type { SimNode } from './sim-node.ts';

/** How long the trouble lasts, milliseconds of simulated time. */
const TROUBLE = 90_000;

interface Stage {
  readonly world: FakeWorld;
  readonly dice: Dice;
  readonly network: SimNetwork;
  readonly nodes: readonly SimNode[];
}

/** Everything that may go wrong, each with how often it is drawn. */
const FAULTS: readonly (readonly [number, (stage: Stage) => void])[] = [
  [5, ({ dice, nodes }) => dice.pick(nodes).crash()],
  [8, ({ dice, nodes }) => dice.pick(nodes).crashAfterCalls(dice.between(1, 40))],
  [4, ({ dice, network, nodes }) => network.breakLines(dice.pick(nodes).name)],
  [2, ({ dice, nodes }) => dice.pick(nodes).jumpClock(dice.between(-86_400_000, 86_400_000))],
  [
    3,
    ({ world, dice, network, nodes }) => {
      const shuffled = [...nodes].sort(() => dice.between(0, 1) * 2 - 1).map(({ name }) => name);
      const cut = dice.between(1, shuffled.length - 1);
      network.partition(shuffled.slice(0, cut), shuffled.slice(cut));
      world.after(dice.between(1_000, 30_000), () => network.heal());
    },
  ],
  [
    2,
    ({ world, dice, nodes }) => {
      const { disk } = dice.pick(nodes);
      disk.full = true;
      world.after(dice.between(500, 10_000), () => {
        disk.full = false;
      });
    },
  ],
  [
    2,
    ({ dice, network, nodes }) => {
      const node = dice.pick(nodes);
      // A peer without identity cannot be told from whoever has its address next.
      if (node.identity === null) return;
      network.move(node.name, `${node.name}-${dice.between(1, 1_000_000)}`);
    },
  ],
  // The nastiest move: somebody else gets the address that was just given up.
  [
    1,
    ({ dice, network, nodes }) => {
      const [first, second] = [dice.pick(nodes), dice.pick(nodes)];
      if (first === second || first.identity === null || second.identity === null) return;
      const host = network.hostOf(first.name);
      network.move(first.name, `${first.name}-${dice.between(1, 1_000_000)}`);
      network.move(second.name, host);
    },
  ],
  [2, ({ dice, nodes }) => void dice.pick(nodes).quit()],
  [1, ({ dice, nodes }) => void dice.pick(nodes).fidget()],
  [
    2,
    ({ world, dice, nodes }) => {
      const node = dice.pick(nodes);
      void node.setPaused(true);
      world.after(dice.between(1, 20_000), () => void node.setPaused(false));
    },
  ],
  [
    2,
    ({ world, dice, network, nodes }) => {
      const [node, other] = [dice.pick(nodes), dice.pick(nodes)];
      void node.setPolicy('blocked', whoIs(other, network));
      world.after(dice.between(1, 20_000), () => {
        void node.setPolicy('accepted', whoIs(other, network));
      });
    },
  ],
  [
    1,
    ({ dice, network, nodes }) => {
      const [node, other] = [dice.pick(nodes), dice.pick(nodes)];
      void node.remove(other.name, whoIs(other, network));
    },
  ],
];

/** Ninety seconds of people writing while everything goes wrong, then peace until all is quiet. */
export async function play(stage: Stage): Promise<void> {
  const { world, dice, network, nodes } = stage;
  for (const node of nodes) await node.start();
  await world.advance(100);
  const byAddress = dice.chance(0.4);
  for (const node of nodes) for (const other of nodes) meet(stage, node, other, byAddress);
  const faulty = dice.between(0, 25);
  for (let fault = 0; fault < faulty; fault += 1) {
    world.after(dice.between(0, TROUBLE), () => draw(dice)(stage));
  }
  const letters = dice.between(5, 60);
  for (let letter = 0; letter < letters; letter += 1) {
    const from = dice.pick(nodes.filter(({ identity }) => identity !== null));
    const to = dice.pick(nodes.filter((node) => node !== from));
    const burst = dice.chance(0.2) ? dice.between(2, 8) : 1;
    world.after(dice.between(0, TROUBLE), () => {
      for (let part = 0; part < burst; part += 1) {
        void from.send(to.name, `${from.name}>${to.name}#${letter}.${part}`, whoIs(to, network));
      }
    });
  }
  for (let glance = dice.between(0, 10); glance > 0; glance -= 1) {
    const reader = dice.pick(nodes);
    world.after(dice.between(0, TROUBLE), () => void reader.readAll());
  }
  for (let minute = 0; minute < TROUBLE; minute += 5_000) {
    // Whoever is down is started again some time later, as people do.
    world.after(minute + dice.between(0, 5_000), () => {
      for (const node of nodes) if (!node.up && dice.chance(0.7)) void node.start();
    });
  }
  await world.advance(TROUBLE + 5_000);
  await recover(stage);
}

async function recover(stage: Stage): Promise<void> {
  const { world, network, nodes } = stage;
  network.heal();
  network.stillborn = 0;
  network.latency = 20;
  for (const node of nodes) {
    node.disk.full = false;
    node.crashAfterCalls(Number.POSITIVE_INFINITY);
    if (!node.up) await node.start();
  }
  await world.advance(60_000);
  for (const node of nodes) void node.setPaused(false);
  for (const node of nodes) void node.setPolicy('accepted', () => true);
  await world.advance(1_000);
  // People tell each other their new addresses.
  for (const node of nodes) for (const other of nodes) meet(stage, node, other, false);
  await world.advance(120_000);
}

/**
 * Types the other's invite, or only its address, which is all that a peer without an identity has.
 * Such a peer calls nobody.
 */
function meet({ network }: Stage, node: SimNode, other: SimNode, byAddress: boolean): void {
  if (node === other || node.identity === null) return;
  const host = network.hostOf(other.name);
  const address =
    other.identity === null || byAddress
      ? `${host}:8080`
      : formatInvite({ scheme: 'auto', host, port: 8080 }, other.identity);
  void node.connect(address);
}

function whoIs(to: SimNode, network: SimNetwork) {
  return (contact: { identity: string | null; addresses: readonly string[] }): boolean =>
    to.identity === null
      ? contact.identity === null && contact.addresses.includes(`${network.hostOf(to.name)}:8080`)
      : contact.identity === to.identity;
}

function draw(dice: Dice): (stage: Stage) => void {
  const total = FAULTS.reduce((sum, [weight]) => sum + weight, 0);
  let drawn = dice.between(1, total);
  for (const [weight, fault] of FAULTS) {
    drawn -= weight;
    if (drawn <= 0) return fault;
  }
  throw new Error('no fault drawn');
}
