import { DEFAULT_LIMITS } from './limits.ts';
import { REACHES, type Reach, type Settings } from './model.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { nameProblem } from './text.ts';

/**
 * Recovers usable settings from stored ones, whatever they hold: each invalid one gets its default.
 * A missing one is not an error, as an earlier version did not have it; except name and port, which
 * every version stored. Unknown fields are kept.
 */
export function usableSettings(kept: unknown, defaults: Pick<Settings, 'name' | 'port'>) {
  const isObject = typeof kept === 'object' && kept !== null && !Array.isArray(kept);
  const values: Readonly<Record<string, unknown>> = isObject ? { ...kept } : {};
  const fallback: Settings = { ...DEFAULT_SETTINGS, ...defaults };
  /** Those that replaced an invalid value. */
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

/** 0: any free port. */
function isSettingsPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

function isReach(value: unknown): value is Reach {
  return REACHES.some((reach) => reach === value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
