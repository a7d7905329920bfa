/**
 * What a Python peer (py-capnweb) puts on the wire, byte for byte: JSON with a space after each
 * comma and colon, messages separated by a newline, none at the end. docs/PROTOCOL.md explains it.
 */

/** The content type of its requests. */
export const PYTHON_REQUEST_TYPE = 'application/x-ndjson';

/** The content type of its answers. */
export const PYTHON_ANSWER_TYPE = 'application/x-ndjson; charset=utf-8';

/** The body of a POST, and the content of one binary WebSocket frame: a call and its pull. */
export function pythonCall(id: number, method: string, ...args: readonly string[]): string {
  const list = args.map((arg) => JSON.stringify(arg)).join(', ');
  return `["push", ["pipeline", 0, ["${method}"], [${list}]]]\n["pull", ${id}]`;
}

/** Its answers to the calls of the open contract; `id` is the call's place in the session. */
export const pythonAnswers = {
  greet: (id: number, name: string) => `["resolve", ${id}, "Hello! I'm ${name}."]`,
  chat: (id: number, name: string, count: number) =>
    `["resolve", ${id}, "${name} says: Thanks for the message #${count}!"]`,
  getStats: (id: number, name: string, count: number) =>
    `["resolve", ${id}, {"name": "${name}", "messages_received": ${count}}]`,
  unknownMethod: (id: number, method: string) =>
    `["reject", ${id}, ["error", "not_found", "Method ${method} not found"]]`,
} as const;
