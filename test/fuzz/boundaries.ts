import type { Boundary } from './boundary.ts';
import { bridgeCommands } from './commands.ts';
import { importedExports } from './exports.ts';
import { batchBodies, websocketFrames } from './frames.ts';
import { handshakeFlights } from './handshakes.ts';
import { requestHeads } from './heads.ts';

/** Where something arrives that anybody may have made. */
export const BOUNDARIES: readonly Boundary[] = [
  websocketFrames,
  batchBodies,
  requestHeads,
  handshakeFlights,
  importedExports,
  bridgeCommands,
];
