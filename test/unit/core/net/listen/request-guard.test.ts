import { describe, expect, test } from 'vitest';
import {
  authorizeRequest,
  ownNames,
  type RequestFacts,
} from '../../../../../src/core/net/listen/request-guard.ts';

const names = ownNames(['Alices-Box.lan'], ['Chat.Example.org.']);

const batch: RequestFacts = {
  method: 'POST',
  target: '/rpc/batch',
  hosts: ['127.0.0.1:8080'],
  origin: null,
  upgrade: false,
  secure: false,
};

const status = (facts: Partial<RequestFacts>): number | string => {
  const verdict = authorizeRequest({ ...batch, ...facts }, names);
  return verdict.pass ?? verdict.refusal.status;
};

describe('the Host header', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1:8080',
    '192.168.1.20:65535',
    '[::1]:8080',
    '[fe80::1%eth0]:8080',
    '[fe80::1%25eth0]',
    'localhost',
    'LOCALHOST:8080',
    'localhost.:8080',
    'alice.localhost',
    'Alices-Box:8080',
    'chat.example.org.',
    'alices-box.lan',
    'alices-box.local:8080',
  ])('is accepted as %s', (host) => {
    expect(status({ hosts: [host] })).toBe('batch');
  });

  test.each([
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evillocalhost',
    'alices-box.evil.example',
    '2130706433',
    '127.1',
    '0x7f.0.0.1',
    '[::1].evil.example',
  ])('is refused as %s on plain HTTP', (host) => {
    expect([400, 403]).toContain(status({ hosts: [host] }));
  });

  test.each([
    '',
    ' ',
    'a b',
    '127.0.0.1:80800000',
    'user@127.0.0.1',
    '[::1',
    '127.0.0.1/x',
    'a\u00e9',
  ])('is malformed as "%s"', (host) => {
    expect(status({ hosts: [host] })).toBe(400);
  });

  test('must be present exactly once', () => {
    expect(status({ hosts: [] })).toBe(400);
    expect(status({ hosts: ['127.0.0.1', '127.0.0.1'] })).toBe(400);
    expect(status({ hosts: [], secure: true })).toBe(400);
  });

  test('does not matter over TLS, where the key decides', () => {
    expect(status({ hosts: ['bobs-name-for-alice.example'], secure: true })).toBe('batch');
  });
});

describe('web pages', () => {
  test.each(['https://evil.example', 'http://127.0.0.1:8080', 'null', ''])(
    'are refused, whatever their origin (%s), in plain text or encrypted',
    (origin) => {
      expect(status({ origin })).toBe(403);
      expect(status({ origin, secure: true })).toBe(403);
    },
  );
});

describe('paths and methods', () => {
  test.each([
    ['POST', '/rpc/batch', false, 'batch'],
    ['POST', '/rpc/batch?x=1', false, 'batch'],
    ['GET', '/rpc/ws', true, 'websocket'],
    ['GET', '/rpc/ws?x', true, 'websocket'],
    ['GET', '/rpc/ws', false, 426],
    ['GET', '/rpc/batch', false, 405],
    ['GET', '/rpc/batch', true, 405],
    ['OPTIONS', '/rpc/batch', false, 405],
    ['POST', '/rpc/ws', true, 405],
    ['GET', '/', false, 404],
    ['GET', '/', true, 404],
    ['POST', '/rpc', false, 404],
    ['POST', '/rpc/batch/', false, 404],
    ['POST', '/RPC/BATCH', false, 404],
    ['POST', '//rpc/batch', false, 404],
    ['POST', '/x/../rpc/batch', false, 404],
    ['POST', 'http://127.0.0.1/rpc/batch', false, 400],
    ['OPTIONS', '*', false, 400],
  ])('%s %s (WebSocket: %s) is %s', (method, target, upgrade, expected) => {
    expect(status({ method, target, upgrade })).toBe(expected);
  });

  test('answer a wrong method with the allowed one', () => {
    const verdict = authorizeRequest({ ...batch, method: 'PUT' }, names);
    expect(verdict).toMatchObject({ refusal: { headers: { allow: 'POST' } } });
  });
});
