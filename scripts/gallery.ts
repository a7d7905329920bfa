import { startHarness } from '../test/support/renderer-harness/harness.ts';

// `npm run gallery`: every state of the page, on one page for a browser on this computer.

const harness = await startHarness();
console.log(`The gallery is open at ${harness.url}gallery (Ctrl+C ends it).`);
process.once('SIGINT', () => void harness.close());
