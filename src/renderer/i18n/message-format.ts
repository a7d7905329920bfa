/** What may stand in place of a placeholder. */
export type MessageValue = string | number;

type Values = Readonly<Record<string, MessageValue>>;

/** A message that was read; throws when a value it needs is missing. */
export type FilledMessage = (values: Values) => string;

/** `count` is what `#` stands for. */
type Piece = (values: Values, count: string) => string;

interface Tools {
  readonly rules: Intl.PluralRules;
  readonly numbers: Intl.NumberFormat;
}

/**
 * Reads messages in ICU's syntax, as far as the catalogs use it: `{name}`, `{count, number}`,
 * `{count, plural, =0 {…} one {# …} other {…}}`, `{kind, select, a {…} other {…}}`, and apostrophes
 * around what is not to be understood (`'{'`; two stand for one). The tests hold it against a complete
 * library, which weighs ten times as much. Throws a `SyntaxError` at anything else.
 */
export function messageReader(locale: string): (text: string) => FilledMessage {
  const tools: Tools = {
    rules: new Intl.PluralRules(locale),
    numbers: new Intl.NumberFormat(locale),
  };
  return (text) => {
    const message = new Reader(text, tools).whole();
    return (values) => message(values, '');
  };
}

const SPACE = /\s*/y;
const NAME = /[^\s{},=]+/y;
const SELECTOR = /=?[^\s{},=]+/y;
const PLAIN = /[^{}']+/y;
const PLAIN_IN_PLURAL = /[^{}'#]+/y;
const QUOTED = /'(?=[{}])((?:[^']|'')*)'?/y;
const QUOTED_IN_PLURAL = /'(?=[{}#])((?:[^']|'')*)'?/y;
const APOSTROPHES = /''/y;

class Reader {
  readonly #text: string;
  readonly #tools: Tools;
  #at = 0;

  constructor(text: string, tools: Tools) {
    this.#text = text;
    this.#tools = tools;
  }

  whole(): Piece {
    return this.#message(false, false);
  }

  /** Up to the end: of the text, or of the branch of an argument. */
  #message(inBranch: boolean, inPlural: boolean): Piece {
    const pieces: Piece[] = [];
    for (;;) {
      const next = this.#text[this.#at];
      if (next === undefined || (next === '}' && inBranch)) break;
      if (next === '{') {
        pieces.push(this.#argument());
      } else if (next === '#' && inPlural) {
        this.#at += 1;
        pieces.push((_values, count) => count);
      } else {
        const words = this.#words(inPlural);
        pieces.push(() => words);
      }
    }
    return (values, count) => pieces.map((piece) => piece(values, count)).join('');
  }

  #words(inPlural: boolean): string {
    const plain = this.#take(inPlural ? PLAIN_IN_PLURAL : PLAIN);
    if (plain !== null) return plain[0];
    if (this.#take(APOSTROPHES)) return "'";
    const quoted = this.#take(inPlural ? QUOTED_IN_PLURAL : QUOTED);
    if (quoted !== null) return (quoted[1] ?? '').replaceAll("''", "'");
    this.#at += 1;
    return this.#text.charAt(this.#at - 1);
  }

  #argument(): Piece {
    this.#expect('{');
    const name = this.#name();
    if (this.#ends()) return (values) => String(given(values, name));
    this.#expect(',');
    const kind = this.#name();
    const { numbers, rules } = this.#tools;
    if (kind === 'number') {
      if (!this.#ends()) throw this.#misunderstood();
      return (values) => numbers.format(Number(given(values, name)));
    }
    if (kind !== 'plural' && kind !== 'select') throw this.#misunderstood();
    this.#expect(',');
    const branches = this.#branches(kind === 'plural');
    const other = branches.get('other');
    if (other === undefined) throw this.#misunderstood();
    if (kind === 'select') {
      return (values, count) => (branches.get(String(given(values, name))) ?? other)(values, count);
    }
    return (values) => {
      const value = Number(given(values, name));
      const branch = branches.get(`=${value}`) ?? branches.get(rules.select(value)) ?? other;
      return branch(values, numbers.format(value));
    };
  }

  #branches(inPlural: boolean): ReadonlyMap<string, Piece> {
    const branches = new Map<string, Piece>();
    while (!this.#ends()) {
      const [selector] = this.#take(SELECTOR) ?? [];
      if (selector === undefined || branches.has(selector)) throw this.#misunderstood();
      this.#expect('{');
      branches.set(selector, this.#message(true, inPlural));
      this.#expect('}');
    }
    return branches;
  }

  #name(): string {
    this.#take(SPACE);
    const [name] = this.#take(NAME) ?? [];
    if (name === undefined) throw this.#misunderstood();
    return name;
  }

  /** Whether the argument is at its end, which is then passed. */
  #ends(): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== '}') return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (sign !== '}') this.#take(SPACE);
    if (this.#text[this.#at] !== sign) throw this.#misunderstood();
    this.#at += 1;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #misunderstood(): SyntaxError {
    return new SyntaxError(`Not understood at ${this.#at}: ${this.#text}`);
  }
}

function given(values: Values, name: string): MessageValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw new RangeError(`No value for ${name}.`);
  return value;
}
