import { useLayoutEffect, useRef, useState } from 'react';
import { isoTime } from '../i18n/days.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import type { WireEntry } from './entries.ts';
import { copyText } from './filter.ts';
import { deliveredCount, type WireMessage } from './read-message.ts';

/** This near to the end counts as at the end. Pixels. */
const END_SLACK = 24;

/** The entries, the newest at the bottom; it stays in view while the reader is there. */
export function WireList({
  entries,
  bodies,
  empty,
}: {
  entries: readonly WireEntry[];
  /** Whether what people wrote is shown. */
  bodies: boolean;
  empty: string;
}) {
  const { t } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const newest = entries.at(-1)?.frame.seq;
  useLayoutEffect(() => {
    if (newest !== undefined && stick.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [newest]);
  return (
    <div
      ref={box}
      className="wire-log"
      onScroll={({ currentTarget: it }) => {
        stick.current = it.scrollHeight - it.scrollTop - it.clientHeight <= END_SLACK;
      }}
    >
      {entries.length === 0 ? (
        <p className="wire-empty" role="status">
          {empty}
        </p>
      ) : (
        <ol aria-label={t('wire.list')}>
          {entries.map((entry) => (
            <Row key={entry.frame.seq} entry={entry} bodies={bodies} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Row({ entry, bodies }: { entry: WireEntry; bodies: boolean }) {
  const { t, format } = useI18n();
  const [open, setOpen] = useState(false);
  const { frame, message, id, method, cut } = entry;
  const { direction } = frame;
  return (
    <li className={`wire-row wire-${direction}`}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span className="wire-arrow" aria-hidden="true">
            {direction === 'sent' ? '↑' : '↓'}
          </span>
          <span className="visually-hidden">{t(`wire.${direction}`)}: </span>
          <span className="wire-say">
            <bdi>{sayOf(message, method, t)}</bdi>{' '}
            <code dir="ltr">
              {[id === null ? null : `#${id}`, method].filter(Boolean).join(' ')}
            </code>
          </span>
          <span className="wire-facts">
            <time dateTime={isoTime(frame.at)}>{format.preciseTime(frame.at)}</time>{' '}
            <span>
              {frame.bytes < 1_000 ? format.bytes(frame.bytes) : format.size(frame.bytes)}
            </span>
          </span>
        </summary>
        {open && (
          <div className="wire-raw">
            <pre dir="ltr">{bodies ? entry.fullText : entry.maskedText}</pre>
            {cut && <p className="hint">{t('wire.cut')}</p>}
            <CopyButton text={copyText([entry], bodies)} label={t('wire.copyOne')} />
          </div>
        )}
      </details>
    </li>
  );
}

const CALLS = [
  'chat',
  'greet',
  'get_stats',
  'name',
  'link',
  'ping',
  'read',
  'typing',
  'ready',
  'clock',
  'dialBack',
  'protocol',
] as const;

/** A message in one sentence. */
function sayOf(message: WireMessage, method: string | null, t: I18n['t']): string {
  switch (message.kind) {
    case 'call':
    case 'stream': {
      const count = deliveredCount(message);
      if (count !== null) return t('wire.say.deliver', { count });
      const last = method?.split('.').at(-1);
      const known = CALLS.find((it) => it === last);
      if (known) return t(`wire.say.${known}`);
      if (message.kind === 'stream') return t('wire.say.stream');
      return t(message.args === null ? 'wire.say.get' : 'wire.say.call');
    }
    case 'reject':
    case 'abort':
      return t(`wire.say.${message.kind}`, { error: message.error });
    default:
      return t(`wire.say.${message.kind}`);
  }
}
