import { contentPolicy } from '../../shared/bridge/content-policy.ts';

/** What the page may load and run. It has no network access at all: only the core does. */
export const CONTENT_POLICY = contentPolicy("'self'", null);
