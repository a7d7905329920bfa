/** A line that must come, in full or only its beginning. */
export type Expected = string | { readonly startsWith: string };

/** The lines that two terminals must print, in order, in the peer-to-peer example. */
export function expectedLines(ports: { readonly alice: number; readonly bob: number }): {
  readonly alice: readonly Expected[];
  readonly bob: readonly Expected[];
} {
  const { alice, bob } = ports;
  return {
    alice: [
      `🚀 Starting Alice on port ${alice}...`,
      '✅ Alice is running!',
      `   - Alice exports her capabilities at http://127.0.0.1:${alice}/rpc/batch`,
      '   - Alice can receive calls from Bob',
      `🔗 Connecting to Bob at http://127.0.0.1:${bob}...`,
      '📞 Alice calls Bob.greet()...',
      { startsWith: '❌ Could not connect to Bob: ' },
      `   Make sure Bob is running: parley serve --name Bob --port ${bob}`,
      '⏳ Alice is waiting for calls from Bob...',
      '📨 Alice received: Hi Alice!',
    ],
    bob: [
      `🚀 Starting Bob on port ${bob}...`,
      '✅ Bob is running!',
      `   - Bob exports his capabilities at http://127.0.0.1:${bob}/rpc/batch`,
      '   - Bob can receive calls from Alice',
      `🔗 Connecting to Alice at http://127.0.0.1:${alice}...`,
      '📞 Bob calls Alice.greet()...',
      "   ← Hello! I'm Alice.",
      "📞 Bob calls Alice.chat('Hi Alice!')...",
      '   ← Alice says: Thanks for the message #1!',
      '📞 Bob calls Alice.get_stats()...',
      "   ← { name: 'Alice', messages_received: 1 }",
      '⏳ Bob is waiting for calls from Alice...',
    ],
  };
}

/** Reads a transcript line by line and knows which expected line is still to come. */
export class Transcript {
  readonly #expected: readonly Expected[];
  #next = 0;

  constructor(expected: readonly Expected[]) {
    this.#expected = expected;
  }

  /** The first line that has not come; null when all have. */
  get missing(): string | null {
    const expected = this.#expected[this.#next];
    if (expected === undefined) return null;
    return typeof expected === 'string' ? expected : `${expected.startsWith}...`;
  }

  /** Takes a line as printed. Lines that nobody expects may stand between those that are. */
  take(line: string): void {
    const expected = this.#expected[this.#next];
    if (expected === undefined) return;
    const matches =
      typeof expected === 'string' ? line === expected : line.startsWith(expected.startsWith);
    if (matches) this.#next += 1;
  }
}
