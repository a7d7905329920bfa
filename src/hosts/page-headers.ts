import type { OutgoingHttpHeaders } from 'node:http';

/**
 * What every answer carries: the page may load its own files and talk to its own host, nothing else;
 * nobody may frame it, open it, read it from another origin, or keep it in a cache.
 */
export function pageHeaders(host: string): OutgoingHttpHeaders {
  return {
    'content-security-policy': contentPolicy(host, "'self'"),
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
export function contentPolicy(host: string, style: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Not every browser counts a WebSocket to the page's own host as 'self'.
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
