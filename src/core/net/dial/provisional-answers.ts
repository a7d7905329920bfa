import type { ClientRequest } from 'node:http';

/** As many as any server has a reason for: `100`, `102` now and then, a few `103`. */
const MOST = 16;

/**
 * Ends a request that gets one provisional answer (1xx) after the other: there may be any number
 * (RFC 9110, section 15.2), none is an answer, and each costs us as much as one.
 */
export function boundProvisionalAnswers(request: ClientRequest): void {
  let count = 0;
  request.on('information', () => {
    count += 1;
    if (count > MOST) request.destroy(new Error('Only provisional answers came.'));
  });
}
