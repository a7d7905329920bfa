import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { Computer, type RealCopy } from '../support/real-electron/computer.ts';
import { lookAtWindow, windowDoes } from '../support/real-electron/look.ts';
import { inRealElectron } from '../support/real-electron/present.ts';

inRealElectron('a parley:// link in real Electron', (program) => {
  let computer: Computer;
  let friend: TcpServer;
  let copy: RealCopy;

  beforeAll(async () => {
    friend = await startTcp(createServer((socket) => socket.end()));
    computer = new Computer(program);
    copy = await computer.start({ name: 'Alice', link: linkTo('first.example') });
  });
  afterAll(async () => {
    await computer.end();
    await friend.stop();
  });

  const linkTo = (host: string) => `parley://${host}:${friend.port}`;
  const field = () => copy.page.getByRole('textbox', { name: 'Friend’s address' }).inputValue();

  test('that starts the app fills in the friend’s address', async () => {
    await expect.poll(field).toBe(linkTo('first.example'));
  });

  test('that arrives later goes to the running app, which comes to the front', async () => {
    await windowDoes(copy.app, 'hide');
    expect(await computer.startAgain('Alice', '--', `${linkTo('127.0.0.1')}/?send=now`)).toBe(0);
    await expect.poll(field).toBe(linkTo('127.0.0.1'));
    await expect.poll(async () => (await lookAtWindow(copy.app)).visible).toBe(true);
  });

  test('is received by open-url on macOS', async () => {
    const tell = (url: string) =>
      copy.app.evaluate(({ app }, link) => {
        app.emit('open-url', { preventDefault: () => undefined }, link);
      }, url);
    await tell('parley://second.example');
    await expect.poll(field).toBe('parley://second.example:8080');
    await tell(linkTo('127.0.0.1'));
    await expect.poll(field).toBe(linkTo('127.0.0.1'));
  });

  test('is dialled only when the user connects', async () => {
    await expect.poll(() => copy.page.getByText('No conversations yet').isVisible()).toBe(true);
    expect(friend.accepted()).toBe(0);
    const called = friend.nextConnection();
    await copy.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await called;
  });

  test('is left to the installed app by a development build', async () => {
    const claims = await copy.app.evaluate(({ app }) => ({
      packaged: app.isPackaged,
      client: app.isDefaultProtocolClient('parley', process.execPath, ['--']),
    }));
    expect(claims.packaged).toBe(false);
    // On Linux a desktop entry's name is asked for, which an installed Parley has as well.
    if (process.platform !== 'linux') expect(claims.client).toBe(false);
  });
});
