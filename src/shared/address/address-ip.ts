const OCTET = /^(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
const GROUPS = 8;

/** The four bytes of a dotted IPv4 address, or null: no octal, no hexadecimal, no short forms. */
export function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) <= 255)) {
    return null;
  }
  return parts.map(Number);
}

/** The eight 16-bit groups of an IPv6 address in any of its notations (RFC 4291, 2.2), or null. */
export function parseIpv6(text: string): readonly number[] | null {
  const dotted = text.lastIndexOf(':') + 1;
  const ipv4 = text.includes('.', dotted) ? parseIpv4(text.slice(dotted)) : undefined;
  if (ipv4 === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = ipv4 ?? [];
  const hex = ipv4
    ? `${text.slice(0, dotted)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
    : text;

  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (![...head, ...tail].every((group) => GROUP.test(group))) return null;
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const zeros: string[] = Array.from({ length: missing }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

/** The one recommended text of an IPv6 address (RFC 5952): lower case, the longest zeros as `::`. */
export function formatIpv6(groups: readonly number[]): string {
  let start = 0;
  let length = 0;
  for (let from = 0; from < groups.length; from += 1) {
    let to = from;
    while (groups[to] === 0) to += 1;
    if (to - from > length) {
      start = from;
      length = to - from;
    }
  }
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return write(groups);
  return `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

/** The IPv4 address inside an IPv4-mapped one (`::ffff:a.b.c.d`, RFC 4291, 2.5.5.2), or null. */
export function mappedIpv4(groups: readonly number[]): readonly number[] | null {
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return null;
  return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
}
