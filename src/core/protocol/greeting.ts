/** The answer of `greet`. */
export function greetingOf(name: string): string {
  return `Hello! I'm ${name}.`;
}

/** The name in a greeting; empty if a peer words it differently. */
export function nameInGreeting(greeting: string): string {
  return /^Hello! I'm (.+)\.$/s.exec(greeting)?.[1] ?? '';
}
