import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemUserName } from '../../core/base/user-name.ts';
import { connectOpenClient, startNodePeer } from '../../core/node-peer.ts';
import { profileFolder } from '../profile-folder.ts';
import { openBrowser } from '../web/open-browser.ts';
import { startWebHost } from '../web/web-host.ts';
import { main } from './main.ts';
import { processIo } from './process-io.ts';

const io = processIo();
const system = { platform: process.platform, home: homedir(), env: process.env };

const code = await main(process.argv.slice(2), {
  io,
  startPeer: startNodePeer,
  connect: connectOpenClient,
  startWebHost,
  rendererDir: join(import.meta.dirname, '../renderer'),
  defaultName: systemUserName(),
  profileDir: (profile) => profileFolder(profile, system),
  openBrowser,
});
// Open input would keep the process alive; the output is flushed first.
process.exit(await io.finish(code));
