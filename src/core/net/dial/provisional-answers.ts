import type { ClientRequest } from 'node:http';

/** More than any server has a reason for: `100`, `102` now and then, a few `103`. */
const MOST = 16;

/**
 * Ends a request that gets one informational response (1xx) after another: there may be any number
 * (RFC 9110, section 15.2), none is final, and each costs us as much as one that is.
 */
export function boundProvisionalAnswers(request: ClientRequest): void {
  let count = 0;
  request.on('information', () => {
    count += 1;
    if (count > MOST) request.destroy(new Error('Only provisional answers came.'));
  });
}
