/** What travels on the socket.io side: the fields that our own envelopes have. */
export interface SocketIoEnvelope {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
}

/** The name of the event that carries a message; its acknowledgement means stored. */
export const MESSAGE_EVENT = 'message';
