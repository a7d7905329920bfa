import { join } from 'node:path';
import { startNodePeer } from '../../src/core/node-peer.ts';
import { startWebHost } from '../../src/hosts/web/web-host.ts';
import { playRole } from '../lib/role.ts';

const RENDERER = join(import.meta.dirname, '../../out/renderer');

/** A new peer with its page for a browser, as `parley web` starts it. */
playRole<object, { readonly link: string }>(async () => {
  const onUnexpected = (error: unknown) => console.error(error);
  const peer = await startNodePeer({
    dataDir: null,
    port: 0,
    host: '127.0.0.1',
    defaultName: 'Page',
    onUnexpected,
  });
  const { app, data } = peer;
  const host = await startWebHost({ app, data, rendererDir: RENDERER, onUnexpected });
  return {
    value: { link: host.newLink() },
    stop: async () => {
      await host.close();
      await peer.stop();
    },
  };
});
