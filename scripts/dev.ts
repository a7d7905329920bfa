import { homedir } from 'node:os';
import { connectOpenClient, startNodePeer } from '../src/core/node-peer.ts';
import { profileFolder } from '../src/hosts/profile-folder.ts';
import { main } from '../src/hosts/terminal/main.ts';
import { processIo } from '../src/hosts/terminal/process-io.ts';
import { openBrowser } from '../src/hosts/web/open-browser.ts';
import { startDevHost } from './dev-host.ts';

// `npm run dev`: `parley web` from the sources, its page reloaded as it is edited. Not on the user's
// own profile, and what is edited in the core is there at the next start.

const io = processIo();
const system = { platform: process.platform, home: homedir(), env: process.env };
const args = process.argv.slice(2);
const names = args.some((it) => /^--(profile|data)(=|$)/.test(it));

const code = await main(['web', ...(names ? [] : ['--profile', 'dev']), ...args], {
  io,
  startPeer: startNodePeer,
  connect: connectOpenClient,
  startWebHost: startDevHost,
  rendererDir: '',
  defaultName: 'Developer',
  profileDir: (profile) => profileFolder(profile, system),
  openBrowser,
});
process.exit(await io.finish(code));
