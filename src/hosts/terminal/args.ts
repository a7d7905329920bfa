import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type PeerAddress, parseAddress } from '../../shared/address/address.ts';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';
import type { Identity } from '../../shared/model/model.ts';
import { nameProblem } from '../../shared/model/text.ts';
import { ProblemError, raise } from '../../shared/problems/problem.ts';
import { UsageError } from '../usage-error.ts';

export type OptionSpec = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>
>;

/** A parsed command line. Every accessor validates its value. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly (string | true)[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, (string | true)[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last value given, or undefined. */
  text(name: string): string | undefined {
    return this.all(name).at(-1);
  }

  all(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((value) => value !== true);
  }

  /** A port: 0 (any free one) to 65535. */
  port(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535)) raise('port-invalid', { port: text.slice(0, 40) });
    return port;
  }

  /** Seconds, as milliseconds. */
  seconds(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new UsageError(`--${name} takes seconds, more than 0 and at most 86400.`);
    }
    return seconds * 1_000;
  }
}

/** The name that `--name` gives; a `ProblemError` for one that cannot be. */
export function readName(args: Arguments): string | undefined {
  const name = args.text('name');
  const refusal = name === undefined ? null : nameProblem(name, DEFAULT_LIMITS);
  if (refusal) throw new ProblemError(refusal);
  return name;
}

/** An address as typed, and the identity that it promises if it is an invite. */
export interface Destination {
  readonly address: PeerAddress;
  readonly identity: Identity | null;
}

/** Reads an address or an invite, or raises `bad-address` with the reason. */
export function readDestination(text: string): Destination {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed : raise('bad-address', parsed.params);
}

/**
 * Reads a command's options (`spec`, besides `--help`) and its positional arguments, whose names
 * are `operands`. Throws a `UsageError` with the reason.
 */
export function readArguments(
  args: readonly string[],
  spec: OptionSpec,
  operands: readonly string[],
): Arguments {
  const options: ParseArgsConfig['options'] = spec as NonNullable<ParseArgsConfig['options']>;
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, (string | true)[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(spec, token.name) ? spec[token.name] : undefined;
    if (!known) throw new UsageError(`There is no option ${token.rawName}.`);
    const { value } = token;
    if (known.type === 'boolean' && value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value.`);
    }
    if (known.type === 'string' && (value === undefined || looksLikeOption(token))) {
      throw new UsageError(`${token.rawName} needs a value.`);
    }
    values.set(token.name, [...(values.get(token.name) ?? []), value ?? true]);
  }
  const missing = operands[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
  const surplus = positionals[operands.length];
  if (surplus !== undefined) {
    throw new UsageError(
      `"${surplus.slice(0, 60)}" is one argument too many; put quotes around a text with spaces.`,
    );
  }
  return new Arguments(positionals, values);
}

/** `--name --port` lacks the name; `--name=--port` and a lone `-` are values. */
function looksLikeOption(token: { value: string | undefined; inlineValue: boolean | undefined }) {
  return token.inlineValue === false && (token.value?.length ?? 0) > 1 && token.value?.[0] === '-';
}
