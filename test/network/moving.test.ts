import { neighbours, passes, story } from './story.ts';

story('a host whose address changes is found again', async (hosts) => {
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
