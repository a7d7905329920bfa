import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { connectTo, say } from './first-chat.ts';

/** Nobody answers; the check says why and what to do; that is done; they talk. */
export async function failedConnectionMended(host: Host): Promise<void> {
  const alice = await host.start({ name: 'Alice' });
  const port = await host.port();
  const { page } = alice;
  await connectTo(page, `127.0.0.1:${port}`);
  const offline = page.getByRole('region', { name: 'Offline' });
  await offline.getByText(`nothing is listening on port ${port}`).waitFor();
  await offline.getByText('Ask your friend to start Parley there').waitFor();

  await offline.getByRole('button', { name: 'What is wrong?' }).click();
  const check = page.getByRole('dialog', { name: 'Check the connection' });
  await check.getByText('Your messages can’t be delivered right now.').waitFor();
  await check.getByText('Ask your friend to start Parley there').waitFor();
  const accepts = check.getByRole('listitem').filter({ hasText: 'Does that computer accept' });
  await accepts.getByText('Problem').waitFor();
  await host.photograph(page, 'what-is-wrong', 780);

  const bob = await host.start({ name: 'Bob', port });
  await check.getByRole('button', { name: 'Check again' }).click();
  await check.getByText(/^(Everything works|Your messages can get there)/).waitFor();
  await check.getByText('Yes: Bob has just called back and found you.').waitFor();
  await check.getByRole('button', { name: 'Close' }).click();

  const tryAgain = offline.getByRole('button', { name: 'Try again' });
  // It may have tried by itself meanwhile.
  if (await tryAgain.isVisible()) await tryAgain.click({ timeout: 2_000 }).catch(() => {});
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await offline.waitFor({ state: 'detached' });
  await say(page, 'There you are');
  await expect.poll(() => bob.page.getByRole('heading', { name: 'Requests' }).count()).toBe(1);
}
