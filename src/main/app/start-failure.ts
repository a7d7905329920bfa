import type { Dialog } from 'electron';
import { problemOf } from '../../shared/problems/problem.ts';

export interface StartFailureDeps {
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly onUnexpected: (error: unknown) => void;
}

/** Shows the user why the app cannot start and what to do; an unexpected error is also logged. */
export function showStartFailure(error: unknown, { dialog, onUnexpected }: StartFailureDeps): void {
  const { code, cause, next } = problemOf(error);
  if (code === 'internal') onUnexpected(error);
  dialog.showErrorBox('Parley could not start', `${cause}\n\n${next}`);
}
