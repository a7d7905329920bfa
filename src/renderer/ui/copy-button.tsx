import { type ReactNode, useEffect, useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useCopy } from '../state/use-store.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';

/** How long "Copied" stays. Milliseconds. */
const SHOWN = 2_000;

/** Copies a text; says "Copied" in the same place once it is. */
export function CopyButton({
  text,
  label,
  captioned = false,
  icon = <CopyIcon size={18} />,
  quiet = false,
}: {
  /** A function where it takes a while to put it together. */
  text: string | (() => string);
  label: string;
  /** Whether the label stands beside the icon. */
  captioned?: boolean;
  icon?: ReactNode;
  /** Whether another button beside it matters more. */
  quiet?: boolean;
}) {
  const { t } = useI18n();
  const copy = useCopy();
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), SHOWN);
    return () => clearTimeout(timer);
  }, [outcome]);
  const look = captioned ? (quiet ? 'button-secondary' : 'button-primary') : 'button-icon';
  return (
    <span className="copy">
      <button
        type="button"
        className={look}
        aria-label={captioned ? undefined : label}
        data-tip={captioned ? undefined : label}
        onClick={async () => {
          const copied = await copy(typeof text === 'string' ? text : text());
          setOutcome(copied ? 'copied' : 'failed');
        }}
      >
        {outcome === 'copied' ? <CheckIcon size={18} /> : icon}
        {captioned && label}
      </button>
      <span className="copy-said" role="status" data-outcome={outcome}>
        {{ none: '', copied: t('common.copied'), failed: t('common.copyFailed') }[outcome]}
      </span>
    </span>
  );
}
