/** One of the parties that share a resource. Only the queue changes `tag`. */
export interface Flow {
  /** Finish tag: virtual time at which the service it has had so far ends. */
  tag: number;
}

/**
 * Start-time fair queueing (Goyal, Vin, Cheng 1996): the backlogged flow with the least service is
 * next. No credit accrues while idle: a flow that becomes active starts at the current virtual time.
 * Fairness bound: the service of two continuously backlogged flows differs by at most the largest
 * single item of each.
 */
export class FairQueue<T extends Flow> {
  readonly #waiting = new Set<T>();
  /** Start tag of the flow last served. */
  #virtualTime = 0;

  /** Number of backlogged flows. */
  get size(): number {
    return this.#waiting.size;
  }

  has(flow: T): boolean {
    return this.#waiting.has(flow);
  }

  /** Adds a flow; no effect if it is queued already. */
  join(flow: T): void {
    if (this.#waiting.has(flow)) return;
    flow.tag = Math.max(flow.tag, this.#virtualTime);
    this.#waiting.add(flow);
  }

  leave(flow: T): void {
    this.#waiting.delete(flow);
  }

  /**
   * The flow to serve next: the lowest tag; among equals the one queued longest.
   *
   * @param among restricts the choice to these queued flows
   */
  next(among: ReadonlySet<T> = this.#waiting): T | undefined {
    let first: T | undefined;
    for (const flow of among) {
      if (first === undefined || flow.tag < first.tag) first = flow;
    }
    return first;
  }

  /** How far a flow is ahead of virtual time; 0 if it is not. */
  ahead(flow: T): number {
    return Math.max(0, flow.tag - this.#virtualTime);
  }

  /** Accounts for service that a flow has had, queued or not. */
  charge(flow: T, weight: number): void {
    const start = Math.max(flow.tag, this.#virtualTime);
    flow.tag = start + weight;
    this.#virtualTime = start;
  }
}
