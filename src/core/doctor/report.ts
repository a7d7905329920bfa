import {
  type Connected,
  DIAGNOSIS_LAYERS,
  type Diagnosis,
  type DiagnosisLayer,
  type Finding,
} from '../../shared/model/diagnosis.ts';
import { type Problem, ProblemError, problemOf } from '../../shared/problems/problem.ts';
import { abortError } from '../base/timeout.ts';
import type { World } from '../base/world.ts';

/** The result of examining a layer. Without a `value` later layers cannot be examined. */
export interface Verdict<T> extends Pick<Finding, 'result' | 'detail' | 'problem'> {
  readonly value: T | null;
}

export function ok<T>(detail: string, value: T): Verdict<T> {
  return { result: 'ok', detail, problem: null, value };
}

export function warning<T>(detail: string, problem: Problem, value: T): Verdict<T> {
  return { result: 'warning', detail, problem, value };
}

/** `detail` is the observation, if that is more than the problem's cause. */
export function failed(problem: Problem, detail: string = problem.cause): Verdict<never> {
  return { result: 'failed', detail, problem, value: null };
}

export function skipped(detail: string): Verdict<never> {
  return { result: 'skipped', detail, problem: null, value: null };
}

interface Deps {
  readonly world: Pick<World, 'now' | 'uptime'>;
  /** Called with each finding as it is made. */
  readonly onFinding: (finding: Finding) => void;
  /** Once it has fired, every layer counts as cancelled, whatever its result. */
  readonly signal: AbortSignal;
  /** Called with unexpected errors. */
  readonly onUnexpected: (error: unknown) => void;
}

/** Collects the findings of one diagnosis, in the order of the layers. */
export class Report {
  readonly #deps: Deps;
  readonly #at: number;
  readonly #findings: Finding[] = [];

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#at = deps.world.now();
  }

  /**
   * Examines one layer. An error thrown by `examine` is its failure. Resolves with the verdict's
   * value.
   */
  async layer<T>(
    layer: DiagnosisLayer,
    examine: () => Verdict<T> | Promise<Verdict<T>>,
  ): Promise<T | null> {
    const { uptime } = this.#deps.world;
    const start = uptime();
    const { value, ...seen } = await this.#verdict(examine);
    this.#add({ layer, ...seen, ms: Math.round(uptime() - start) });
    return value;
  }

  /** The whole diagnosis; layers that were not reached are skipped. */
  finish(address: string, connected: Connected | null = null): Diagnosis {
    const stoppedAt = this.#findings.at(-1)?.layer ?? '';
    const detail = `Not examined, because "${stoppedAt}" comes first.`;
    for (const layer of DIAGNOSIS_LAYERS.slice(this.#findings.length)) {
      this.#add({ layer, result: 'skipped', detail, problem: null, ms: 0 });
    }
    const results = this.#findings.map(({ result }) => result);
    const worst = (['failed', 'warning'] as const).find((it) => results.includes(it)) ?? 'ok';
    const result = worst === 'failed' && connected ? 'warning' : worst;
    return { address, at: this.#at, result, connected, findings: this.#findings };
  }

  async #verdict<T>(examine: () => Verdict<T> | Promise<Verdict<T>>): Promise<Verdict<T>> {
    const { signal } = this.#deps;
    try {
      const verdict = await examine();
      return signal.aborted ? failed(abortError(signal).problem) : verdict;
    } catch (error) {
      if (signal.aborted) return failed(abortError(signal).problem);
      if (!(error instanceof ProblemError)) this.#deps.onUnexpected(error);
      return failed(problemOf(error));
    }
  }

  #add(finding: Finding): void {
    this.#findings.push(finding);
    this.#deps.onFinding(finding);
  }
}
