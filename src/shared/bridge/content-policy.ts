/**
 * The policy that the page is served with: it may load and run its own files only, no inline script,
 * no frames, and no strings turned into script. It talks to nobody but to `connect`.
 *
 * @param style where styles may come from
 * @param connect what `fetch` and WebSockets may reach; nothing when it is null
 */
export function contentPolicy(style: string, connect: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ...(connect === null ? [] : [`connect-src ${connect}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
