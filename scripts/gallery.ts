import { serveRenderer } from '../test/support/renderer-harness/server.ts';

// `npm run gallery`: every state of the page, on one page for a browser on this computer.

const server = await serveRenderer('development');
console.log(`The gallery is open at ${server.url}gallery (Ctrl+C ends it).`);
process.once('SIGINT', () => void server.close());
