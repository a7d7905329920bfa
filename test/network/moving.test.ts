import { neighbours, passes, story } from './story.ts';

story('a host is reconnected after its address changes', async (hosts) => {
  const { alice, bob } = neighbours(hosts, ['10.77.0.1/24', '10.77.0.2/24']);
  const a = await alice.serve();
  const b = await bob.serve('--peer', '10.77.0.1:8080');
  await passes(b, a, 'before');
  // Whom nobody has chosen here is not dialled from here.
  await alice.onProfile('accept', 'Bob');
  alice.ip('address', 'flush', 'dev', 'lan0');
  alice.address('10.77.0.3/24', 'lan0');
  await passes(b, a, 'after');
});

story('two hosts reconnect after both addresses change', async (hosts) => {
  const { alice, bob } = neighbours(hosts, ['fd77::1/64', 'fd77::2/64']);
  const a = await alice.serve();
  const b = await bob.serve('--peer', '[fd77::1]:8080');
  await passes(b, a, 'before');
  await alice.onProfile('accept', 'Bob');
  alice.address('10.77.0.1/24', 'lan0');
  bob.address('10.77.0.2/24', 'lan0');
  // Each hears of the other's new address while the old way is still there.
  await Promise.all([alice.learns('10.77.0.2:8080'), bob.learns('10.77.0.1:8080')]);
  for (const host of [alice, bob]) host.ip('-6', 'address', 'flush', 'dev', 'lan0');
  await passes(b, a, 'after');
});
