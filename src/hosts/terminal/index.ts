import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemUserName } from '../../core/base/user-name.ts';
import { profileFolder } from '../profile-folder.ts';
import { openBrowser } from '../web/open-browser.ts';
import { main } from './main.ts';
import { processIo } from './process-io.ts';

const io = processIo();
const system = { platform: process.platform, home: homedir(), env: process.env };

// Loaded on first use, as most commands need none of them: half of what is to be compiled.
const nodePeer = () => import('../../core/node-peer.ts');
const webHost = () => import('../web/web-host.ts');

const code = await main(process.argv.slice(2), {
  io,
  startPeer: async (options) => (await nodePeer()).startNodePeer(options),
  connect: async (...args) => (await nodePeer()).connectOpenClient(...args),
  startWebHost: async (options) => (await webHost()).startWebHost(options),
  rendererDir: join(import.meta.dirname, '../renderer'),
  defaultName: systemUserName(),
  profileDir: (profile) => profileFolder(profile, system),
  openBrowser,
});
// Open input would keep the process alive; the output is flushed first.
process.exit(await io.finish(code));
