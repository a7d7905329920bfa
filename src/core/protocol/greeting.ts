/** The answer of `greet`. */
export function greetingOf(name: string): string {
  return `Hello! I'm ${name}.`;
}

/** Who greets so; empty for a peer that greets in other words. */
export function nameInGreeting(greeting: string): string {
  return /^Hello! I'm (.+)\.$/s.exec(greeting)?.[1] ?? '';
}
