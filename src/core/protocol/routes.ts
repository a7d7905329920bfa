/** Where a peer takes HTTP batches. */
export const BATCH_PATH = '/rpc/batch';
/** Where a peer takes WebSocket sessions. */
export const WEBSOCKET_PATH = '/rpc/ws';
