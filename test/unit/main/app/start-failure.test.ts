import { describe, expect, test, vi } from 'vitest';
import { showStartFailure } from '../../../../src/main/app/start-failure.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

describe('a failed start', () => {
  test('is shown with its cause and next step', () => {
    const deps = { dialog: { showErrorBox: vi.fn() }, onUnexpected: vi.fn() };
    const said = problem('port-in-use', { port: 8080, owner: 'another program' });
    showStartFailure(new ProblemError(said), deps);
    const content = `${said.cause}\n\n${said.next}`;
    expect(deps.dialog.showErrorBox).toHaveBeenCalledWith('Parley could not start', content);
    expect(deps.onUnexpected).not.toHaveBeenCalled();
  });

  test('shows no raw error and logs an unexpected one', () => {
    const deps = { dialog: { showErrorBox: vi.fn() }, onUnexpected: vi.fn() };
    const error = new Error('ENOSPC: /home/ann/secret');
    showStartFailure(error, deps);
    expect(String(deps.dialog.showErrorBox.mock.calls)).not.toContain('ENOSPC');
    expect(deps.onUnexpected).toHaveBeenCalledWith(error);
  });
});
