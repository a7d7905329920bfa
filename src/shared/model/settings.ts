import type { Settings } from './model.ts';

/** What a new profile starts with; its name and port are the host's to choose. */
export const DEFAULT_SETTINGS: Omit<Settings, 'name' | 'port'> = {
  reach: 'this-computer',
  openContract: 'this-computer',
  receipts: true,
  typing: true,
};
