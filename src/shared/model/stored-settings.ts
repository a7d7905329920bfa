import { DEFAULT_LIMITS } from './limits.ts';
import type { Reach, Settings } from './model.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { nameProblem } from './text.ts';

/** Settings as they can be used, and which of them could not be used as they were kept. */
export interface UsableSettings {
  readonly settings: Settings;
  readonly mended: readonly (keyof Settings)[];
}

/**
 * What can be used of settings that were kept, whatever they hold: each that cannot has its default.
 * One that is not there at all is no fault, as an earlier version did not know it; but for name and
 * port, which every version kept. Fields that we do not know are kept.
 */
export function usableSettings(
  kept: unknown,
  defaults: Pick<Settings, 'name' | 'port'>,
): UsableSettings {
  const isObject = typeof kept === 'object' && kept !== null && !Array.isArray(kept);
  const values: Readonly<Record<string, unknown>> = isObject ? { ...kept } : {};
  const fallback: Settings = { ...DEFAULT_SETTINGS, ...defaults };
  const mended: (keyof Settings)[] = [];
  const pick = <Key extends keyof Settings>(
    key: Key,
    fits: (value: unknown) => value is Settings[Key],
  ): Settings[Key] => {
    const value = values[key];
    if (fits(value)) return value;
    if (value !== undefined || key === 'name' || key === 'port') mended.push(key);
    return fallback[key];
  };
  const known: Settings = {
    name: pick('name', isOwnName),
    port: pick('port', isSettingsPort),
    reach: pick('reach', isReach),
    openContract: pick('openContract', isReach),
    receipts: pick('receipts', isBoolean),
    typing: pick('typing', isBoolean),
  };
  // Always in the same order, so that two exports of the same settings are the same text.
  return { settings: { ...known, ...values, ...known }, mended };
}

function isOwnName(value: unknown): value is string {
  return typeof value === 'string' && nameProblem(value, DEFAULT_LIMITS) === null;
}

/** 0: any free one. */
function isSettingsPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

function isReach(value: unknown): value is Reach {
  return value === 'this-computer' || value === 'network';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
