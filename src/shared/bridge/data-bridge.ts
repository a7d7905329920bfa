import { z } from 'zod';
import type { Schemas } from './channel.ts';

/** What is stored of a profile, and where. */
export interface DataInfo {
  /** The profile's folder; null when nothing is kept on disk. */
  readonly folder: string | null;
  /** What the folder takes on disk, in bytes. */
  readonly bytes: number;
}

/** What an export came to. `download`: the browser asks for the place, or has one. */
export type Exported =
  | { readonly type: 'saved'; readonly file: string }
  | { readonly type: 'download' }
  | { readonly type: 'cancelled' };

/**
 * What a file does not decide by itself, as it would let others in or vouch for somebody, and what was
 * left out:
 * - `reach`: the copy that it comes from took calls from the network
 * - `openContract`: it answered callers that are neither verified nor encrypted, from the network
 * - `verified`: contacts had been verified there; here they are known by `first-use`
 * - `own`: a contact that has our own key, and what was written there
 */
export type NotTaken = 'reach' | 'openContract' | 'verified' | 'own';

/** How much an import has added. `cancelled`: the user chose no file. */
export type Imported =
  | {
      readonly type: 'added';
      readonly contacts: number;
      readonly messages: number;
      /** What was left for the user to decide; absent where there is nothing. */
      readonly notTaken?: readonly NotTaken[];
    }
  | { readonly type: 'cancelled' };

/**
 * What a page can do with the profile's data as a whole. It is about files that the user chooses, so
 * each host has its own way; the contents never pass through the page.
 */
export interface DataCommands {
  dataInfo(input: Record<string, never>): DataInfo;
  /** Writes everything but the private key to a file of the user's choice (docs/EXPORT.md). */
  exportData(input: Record<string, never>): Exported;
  /** Adds what a file of the user's choice holds and the profile does not. */
  importData(input: Record<string, never>): Imported;
}

const nothing = z.strictObject({});

export const dataSchemas: Schemas<DataCommands> = {
  dataInfo: nothing,
  exportData: nothing,
  importData: nothing,
};

/** What an export is called unless the user says otherwise. `now` in Unix milliseconds. */
export function exportFileName(now: number): string {
  return `parley-${new Date(now).toISOString().slice(0, 10)}.ndjson`;
}
