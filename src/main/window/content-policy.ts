import { contentPolicy } from '../../shared/bridge/content-policy.ts';

/** What the page may load and run. It reaches no network at all: the core does the talking. */
export const CONTENT_POLICY = contentPolicy("'self'", null);
