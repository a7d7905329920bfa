/** A parsed JSON text, and whether its end was missing. */
export interface ReadJson {
  readonly value: unknown;
  readonly cut: boolean;
}

/**
 * Parses JSON that may be truncated: the existing part is kept and closed. Null when it is not JSON
 * at all.
 */
export function readCutJson(text: string): ReadJson | null {
  const whole = parse(text);
  if (whole !== null) return { value: whole.value, cut: false };
  const closed = parse(close(text));
  return closed === null ? null : { value: closed.value, cut: true };
}

function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Closes the string, the arrays and the objects that are open at the end of `text`. */
function close(text: string): string {
  const open: ('[' | '{')[] = [];
  let inString = false;
  /** Whether the last string is in the position of an object's key. */
  let afterKey = false;
  let expectsKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (inString) {
      if (char === '\\') index += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
      afterKey = expectsKey;
      expectsKey = false;
    } else if (char === '[' || char === '{') {
      open.push(char);
      afterKey = false;
      expectsKey = char === '{';
    } else if (char === ']' || char === '}') {
      open.pop();
      afterKey = false;
      expectsKey = false;
    } else if (char === ':') {
      afterKey = false;
      expectsKey = false;
    } else if (char === ',') {
      afterKey = false;
      expectsKey = open.at(-1) === '{';
    }
  }
  const ends = open.toReversed().map((it) => (it === '[' ? ']' : '}'));
  return `${inString ? `${withoutHalfEscape(text)}"` : withoutHalfWord(text)}${afterKey ? ':null' : ''}${ends.join('')}`;
}

/** Strips an incomplete escape (`\`, `\u12`). */
function withoutHalfEscape(text: string): string {
  const slashes = /\\+$/.exec(text)?.[0].length ?? 0;
  if (slashes % 2 === 1) return text.slice(0, -1);
  const unicode = /(\\+)u[0-9a-f]{0,3}$/i.exec(text);
  return unicode && (unicode[1]?.length ?? 0) % 2 === 1
    ? text.slice(0, text.length - unicode[0].length + (unicode[1]?.length ?? 0) - 1)
    : text;
}

/** Strips a number or word that may be incomplete, and adds a value after a colon. */
function withoutHalfWord(text: string): string {
  const trimmed = text.replace(/[-+.\w]+$/, '').replace(/,\s*$/, '');
  return trimmed.endsWith(':') ? `${trimmed}null` : trimmed;
}
