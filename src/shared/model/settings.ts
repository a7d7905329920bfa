import type { Self, Settings } from './model.ts';

/** The settings of a new profile; its name and port are chosen by the host. */
export const DEFAULT_SETTINGS: Omit<Settings, 'name' | 'port'> = {
  reach: 'this-computer',
  openContract: 'this-computer',
  receipts: true,
  typing: true,
};

/** The configured port, if another one is listened on because it was taken; else null. */
export function replacedPort({
  listening,
  settings,
}: Pick<Self, 'listening' | 'settings'>): number | null {
  const { port } = settings;
  return listening === null || port === 0 || port === listening.port ? null : port;
}
