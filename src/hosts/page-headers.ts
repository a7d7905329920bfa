import type { OutgoingHttpHeaders } from 'node:http';
import { contentPolicy } from '../shared/bridge/content-policy.ts';

/**
 * Headers of every response: the page may load its own files and talk to its own host, nothing
 * else; it may not be framed, opened, read from another origin, or cached.
 */
export function pageHeaders(host: string): OutgoingHttpHeaders {
  return {
    'content-security-policy': hostPolicy(host, "'self'"),
    'cache-control': 'no-store',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), ' +
      'hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** The content security policy; `style` is its source of styles. */
export function hostPolicy(host: string, style: string): string {
  // Not every browser matches a WebSocket to the page's own host with 'self'.
  return contentPolicy(style, `'self' ws://${host}`);
}
