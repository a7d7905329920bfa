import fc from 'fast-check';
import { type Boundary, boundaryOf, expectNamed } from './boundary.ts';
import { anyText, mutated } from './generators/bytes.ts';
import { exchange } from './raw-exchange.ts';
import { startTarget } from './target-peer.ts';

const method = fc.oneof(
  fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'CONNECT', 'PRI'),
  anyText,
);
const target = fc.oneof(
  fc.constantFrom(
    '/rpc/batch',
    '/rpc/ws',
    '/',
    '*',
    '/rpc/batch?x',
    'http://a/rpc/batch',
    '//',
    '/%00',
  ),
  anyText,
);
const header = fc.oneof(
  fc.constantFrom(
    'Host: 127.0.0.1',
    'Host: evil.example',
    'Host:',
    'Origin: null',
    'Content-Length: 4',
    'Content-Length: -1',
    'Content-Length: 4, 4',
    'Content-Length: 99999999999999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Content-Encoding: Identity',
    'Content-Encoding: br',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Upgrade: h2c',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Extensions: permessage-deflate',
    'Expect: 100-continue',
    'Expect: miracles',
    ' folded: line',
  ),
  fc.tuple(anyText, anyText).map(([name, value]) => `${name}: ${value}`),
);
const body = fc.oneof(
  fc.constantFrom('', 'x', '["pull",1]', '4\r\nnull\r\n0\r\n\r\n', '0\r\n\r\n'),
  anyText,
);

const head = fc
  .record({
    method,
    target,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
    headers: fc.array(header, { maxLength: 8 }),
    usual: fc.boolean(),
    body,
  })
  .map(({ method, target, version, headers, usual, body }) => {
    const lines = usual ? ['Host: 127.0.0.1', ...headers] : headers;
    return Buffer.from(
      `${[`${method} ${target} ${version}`, ...lines].join('\r\n')}\r\n\r\n${body}`,
    );
  });

/** Heads of HTTP requests: an answer with a reason, or the end of the connection. */
export const requestHeads: Boundary = {
  name: 'heads of HTTP requests',
  runs: 120,
  open: async () => {
    const peer = await startTarget();
    const attempt = async (bytes: Buffer) => {
      const answer = (await exchange(peer.port, bytes)).toString('latin1');
      const [, status = '', reason = ''] = /^HTTP\/1\.1 (\d{3}) ?([^\r\n]*)/.exec(answer) ?? [];
      if (status === '500') throw new Error(answer);
      if (status !== '') expectNamed(reason);
      await peer.check();
    };
    return boundaryOf(fc.oneof(head, mutated(head)), attempt, peer.stop);
  },
};
