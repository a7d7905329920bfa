/** Where a peer serves HTTP batches. */
export const BATCH_PATH = '/rpc/batch';
/** Where a peer serves WebSocket sessions. */
export const WEBSOCKET_PATH = '/rpc/ws';
