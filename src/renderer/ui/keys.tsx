import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { IS_MAC } from '../shortcuts/shortcut-hub.ts';
import type { KeyCombination } from '../shortcuts/table.ts';

/** One combination of keys, each as a key cap. */
export function Keys({ combination }: { combination: KeyCombination }) {
  const { t } = useI18n();
  return (
    <kbd className="keys" dir="ltr">
      {keyNames(combination, t, IS_MAC).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </kbd>
  );
}

/** What stands on the keys of a combination, in the order they are pressed. */
export function keyNames(combination: KeyCombination, t: I18n['t'], mac: boolean): string[] {
  const names: string[] = [];
  if (combination.mod) names.push(mac ? '⌘' : t('key.ctrl'));
  if (combination.alt) names.push(mac ? '⌥' : t('key.alt'));
  if (combination.shift) names.push(mac ? '⇧' : t('key.shift'));
  names.push(caption(combination.key, t));
  return names;
}

const NAMED = { Escape: 'key.esc', Enter: 'key.enter', Home: 'key.home', End: 'key.end' } as const;
const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓' };

function caption(key: string, t: I18n['t']): string {
  const named = Object.hasOwn(NAMED, key) ? NAMED[key as keyof typeof NAMED] : undefined;
  return named ? t(named) : (ARROWS[key] ?? key.toUpperCase());
}
