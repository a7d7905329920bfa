import type { UpdateState } from '../../shared/bridge/desktop-bridge.ts';

/** The state of updates, on systems where the app can update itself. */
export interface UpdateModel {
  /** Whether the user wants automatic checks. */
  readonly wanted: boolean;
  readonly busy: 'checking' | 'downloading' | null;
  /** Whether the last check failed. */
  readonly failed: boolean;
  /** The downloaded version; null when there is none. */
  readonly ready: string | null;
}

export type UpdateEvent =
  | { readonly type: 'wanted'; readonly on: boolean }
  | { readonly type: 'checking' | 'available' | 'none' | 'failed' }
  | { readonly type: 'downloaded'; readonly version: string };

export const NO_UPDATE: UpdateModel = { wanted: false, busy: null, failed: false, ready: null };

/** The model after an event. A downloaded version stays, whatever follows. */
export function afterUpdateEvent(model: UpdateModel, event: UpdateEvent): UpdateModel {
  switch (event.type) {
    case 'wanted':
      return { ...model, wanted: event.on };
    case 'checking':
      return { ...model, busy: 'checking', failed: false };
    case 'available':
      return { ...model, busy: 'downloading', failed: false };
    case 'none':
      return { ...model, busy: null, failed: false };
    case 'failed':
      return { ...model, busy: null, failed: true };
    case 'downloaded':
      return { ...model, busy: null, failed: false, ready: event.version };
  }
}

/** A second check would download twice, and a downloaded version needs no further check. */
export function mayLook({ busy, ready }: UpdateModel): boolean {
  return busy === null && ready === null;
}

/**
 * The state that the page shows. A check or download under way is shown even after updates were
 * switched off: it continues.
 */
export function updateStateOf({ wanted, busy, failed, ready }: UpdateModel): UpdateState {
  if (ready !== null) return { phase: 'ready', version: ready };
  if (busy !== null) return { phase: busy };
  if (failed) return { phase: 'failed' };
  return { phase: wanted ? 'idle' : 'off' };
}
