import sentences from '../../../../shared/problems/problems.json' with { type: 'json' };

export { default as messages } from './messages.json' with { type: 'json' };
export { default as terms } from './terms.json' with { type: 'json' };

/**
 * Problems arrive from the core in English already, except that a page can mark what is somebody
 * else's words, and writes amounts as the reader's country does.
 */
export const problems = {
  'call-failed': sentences['call-failed'],
  'message-too-long': sentences['message-too-long'],
  'name-too-long': sentences['name-too-long'],
};

export const reasons = {};
export const addressReasons = {};
