import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { twoPeople } from './chatting.ts';
import { connectTo, hear, messageOf, messagesOf, ownAddress, say, write } from './first-chat.ts';

/** A stranger's first message stands apart and cannot be answered, until the person says yes. */
export async function requestAccepted(host: Host): Promise<void> {
  const { alice, bob } = await twoPeople(host);
  await connectTo(alice.page, await ownAddress(bob.page));
  await alice.page.getByText('Say hello first: until you write, they don’t see').waitFor();
  await expect.poll(() => bob.page.getByRole('heading', { name: 'Requests' }).count()).toBe(0);
  await say(alice.page, 'Is this Bob?');
  const list = bob.page.getByRole('navigation', { name: 'Conversations' });
  const requests = bob.page.getByRole('heading', { name: 'Requests' });
  await requests.waitFor();
  await list.getByRole('button', { name: 'Alice' }).click();
  await bob.page.getByRole('region', { name: 'Alice wants to chat with you' }).waitFor();
  await hear(bob.page, 'Is this Bob?');
  const composer = bob.page.getByRole('textbox', { name: 'Message', exact: true });
  await expect.poll(() => composer.count()).toBe(0);

  await bob.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await composer.waitFor();
  await requests.waitFor({ state: 'detached' });
  await say(bob.page, 'Yes, it is me');
  await hear(alice.page, 'Yes, it is me');

  // That was an answer for good, not for this time only.
  await bob.quit();
  await bob.start();
  const again = bob.page.getByRole('navigation', { name: 'Conversations' });
  await again.getByRole('button', { name: 'Alice' }).click();
  await bob.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await expect.poll(() => bob.page.getByRole('heading', { name: 'Requests' }).count()).toBe(0);
}

/** Whoever is blocked is not heard, until they are let in again. */
export async function blockedAndUnblocked(host: Host): Promise<void> {
  const { alice, bob } = await twoPeople(host);
  await connectTo(alice.page, await ownAddress(bob.page));
  await say(alice.page, 'Is this Bob?');
  const list = bob.page.getByRole('navigation', { name: 'Conversations' });
  await list.getByRole('button', { name: 'Alice' }).click();
  await bob.page.getByRole('button', { name: 'Block', exact: true }).click();
  await bob.page.getByText('You have blocked Alice').waitFor();
  await expect.poll(() => list.getByText('Blocked').count()).toBe(1);

  const shut = await write(alice.page, 'Hello?');
  await shut.getByText('Waiting').waitFor();
  // Her window says what is true, and nothing that tells her of a block.
  await alice.page.getByText('Bob hasn’t answered yet.').waitFor();
  await expect.poll(() => messagesOf(bob.page).getByText('Hello?').count()).toBe(0);

  await bob.page.getByRole('button', { name: 'Unblock' }).first().click();
  await hear(bob.page, 'Hello?');
  await say(bob.page, 'Yes, it is me');
  await hear(alice.page, 'Yes, it is me');
  await expect.poll(() => messageOf(bob.page, 'Hello?').count()).toBe(1);
}
