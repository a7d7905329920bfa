/** Values that fit within this many characters stay on one line. */
const WIDTH = 76;

/** Readable JSON: indented, but short lists and objects on one line. */
export function prettyJson(value: unknown, indent = ''): string {
  const flat = flatJson(value);
  const isList = Array.isArray(value);
  if (flat.length + indent.length <= WIDTH || typeof value !== 'object' || value === null) {
    return flat;
  }
  const deeper = `${indent}  `;
  const parts = isList
    ? value.map((it: unknown) => prettyJson(it, deeper))
    : Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${prettyJson(it, deeper)}`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.map((it) => deeper + it).join(',\n')}\n${indent}${close}`;
}

function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${flatJson(it)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
