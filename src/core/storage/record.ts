import type { NotTaken } from '../../shared/bridge/data-bridge.ts';

export type { StoreRecord } from './record-schemas.ts';

/** How many records an import added; existing ones are not counted. */
export interface ImportCounts {
  readonly contacts: number;
  readonly messages: number;
}

/** The result of an import. */
export interface ImportResult extends ImportCounts {
  /** What the file holds and was not imported unchanged; absent when there is nothing. */
  readonly notTaken?: readonly NotTaken[];
}
