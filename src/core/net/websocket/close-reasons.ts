import type { WebSocket } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import { abortMessage, LimitError } from '../frames/limit-error.ts';

/**
 * `ws` closes on its own when a frame is too big or malformed, with a bare code. This adds the reason:
 * as a Cap'n Web `abort` message and in the close frame.
 *
 * @param onRefused called once, with the code and reason of the close
 */
export function addCloseReasons(
  socket: WebSocket,
  limits: Limits,
  onRefused: (code: number, reason: string) => void,
): void {
  const close = socket.close.bind(socket);
  socket.close = (code, reason) => {
    const refusal = reason === undefined ? refusalFor(code, limits) : null;
    if (code === undefined || refusal === null) {
      close(code, reason);
      return;
    }
    onRefused(code, refusal.message);
    // Only reports to its callback when the socket is closing already.
    socket.send(JSON.stringify(abortMessage(refusal)), () => {});
    close(code, refusal.message);
  };
  // Each error is followed by `close`, which is handled.
  socket.on('error', () => {});
}

function refusalFor(code: number | undefined, limits: Limits): LimitError | null {
  switch (code) {
    case 1002:
      return new LimitError('not-a-message', 'The frame breaks the WebSocket protocol.');
    case 1007:
      return new LimitError('not-utf8', 'The text frame is not valid UTF-8.');
    case 1008:
      return new LimitError('messages', 'The frame is sent in too many pieces.');
    case 1009:
      return new LimitError(
        'bytes',
        `The frame is too big; the limit is ${limits.frameBytes} bytes in one frame.`,
      );
    default:
      return null;
  }
}
