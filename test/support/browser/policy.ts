/** A content security policy, taken apart: its directives, each with what it allows. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** Reads a policy as a browser does; of a directive that stands there twice, the first counts. */
export function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name?.toLowerCase() ?? '';
    if (key !== '' && !policy.has(key)) policy.set(key, sources);
  }
  return policy;
}

/** What of a policy lets in more than the page's own files: nothing, in a good one. */
export function looseIn(policy: Policy): readonly string[] {
  const own = ["'none'", "'self'"];
  return [...policy].flatMap(([name, sources]) => {
    if (name === 'require-trusted-types-for') return [];
    // Pictures that the page makes itself: QR codes, and the icons in its style sheets.
    const allowed = name === 'img-src' ? [...own, 'data:', 'blob:'] : own;
    return sources.filter((it) => !allowed.includes(it)).map((it) => `${name} ${it}`);
  });
}
