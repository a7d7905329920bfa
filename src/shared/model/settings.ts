import type { Settings } from './model.ts';

/** The settings of a new profile; its name and port are chosen by the host. */
export const DEFAULT_SETTINGS: Omit<Settings, 'name' | 'port'> = {
  reach: 'this-computer',
  openContract: 'this-computer',
  receipts: true,
  typing: true,
};
