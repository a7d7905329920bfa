import type { OutgoingHttpHeaders } from 'node:http';
import { contentPolicy } from '../shared/bridge/content-policy.ts';

/**
 * What every answer carries: the page may load its own files and talk to its own host, nothing else;
 * nobody may frame it, open it, read it from another origin, or keep it in a cache.
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

/** The policy, with what styles may come from. */
export function hostPolicy(host: string, style: string): string {
  // Not every browser counts a WebSocket to the page's own host as 'self'.
  return contentPolicy(style, `'self' ws://${host}`);
}
