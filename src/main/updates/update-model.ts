import type { UpdateState } from '../../shared/bridge/shell-bridge.ts';

/** What is known about a newer version, on systems where the app may replace itself. */
export interface UpdateModel {
  /** Whether the user wants the app to look by itself. */
  readonly wanted: boolean;
  readonly busy: 'checking' | 'downloading' | null;
  /** Whether the last look ended in an error. */
  readonly failed: boolean;
  /** The version that is downloaded; null when none is. */
  readonly ready: string | null;
}

export type UpdateEvent =
  | { readonly type: 'wanted'; readonly on: boolean }
  | { readonly type: 'checking' | 'available' | 'none' | 'failed' }
  | { readonly type: 'downloaded'; readonly version: string };

export const NO_UPDATE: UpdateModel = { wanted: false, busy: null, failed: false, ready: null };

/** What becomes of `model`. A version that was downloaded stays, whatever comes after. */
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

/** Looking twice would download twice, and what is downloaded need not be looked for. */
export function mayLook({ busy, ready }: UpdateModel): boolean {
  return busy === null && ready === null;
}

/** As the page shows it. What is under way is shown even when it is no longer wanted: it goes on. */
export function updateStateOf({ wanted, busy, failed, ready }: UpdateModel): UpdateState {
  if (ready !== null) return { phase: 'ready', version: ready };
  if (busy !== null) return { phase: busy };
  if (failed) return { phase: 'failed' };
  return { phase: wanted ? 'idle' : 'off' };
}
