import fc from 'fast-check';

type Mutation = (bytes: Buffer) => Buffer;

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const place = (bytes: Buffer, where: number) => Math.floor(where * bytes.length);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(at, fc.nat(255)).map(
    ([where, value]): Mutation =>
      (bytes) => {
        const changed = Buffer.from(bytes);
        if (changed.length > 0) changed[place(bytes, where)] = value;
        return changed;
      },
  ),
  at.map(
    (where): Mutation =>
      (bytes) =>
        bytes.subarray(0, place(bytes, where)),
  ),
  fc.tuple(at, fc.uint8Array({ maxLength: 40 })).map(
    ([where, more]): Mutation =>
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, place(bytes, where)),
          more,
          bytes.subarray(place(bytes, where)),
        ]),
  ),
  fc.tuple(at, at).map(
    ([from, to]): Mutation =>
      (bytes) =>
        Buffer.concat([
          bytes,
          bytes.subarray(place(bytes, Math.min(from, to)), place(bytes, Math.max(from, to))),
        ]),
  ),
);

/** The same bytes with something changed, cut off, put in or repeated, a few times. */
export function mutated(bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc
    .tuple(bytes, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([whole, mutations]) => mutations.reduce((left, change) => change(left), whole));
}

/** Texts with what is hard in texts: nothing, signs of every plane, half characters, line ends. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\ud800',
    '\0',
    '\r\n',
    '\u202e',
    '__proto__',
    'constructor',
    'x'.repeat(70_000),
  ),
);
