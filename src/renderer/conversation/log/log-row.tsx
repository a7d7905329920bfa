import type { Message } from '../../../shared/model/model.ts';
import { Boundary } from '../../faults/boundary.tsx';
import { FaultNote } from '../../faults/fault-note.tsx';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { Row } from '../../state/timeline.ts';
import { type MessageActions, MessageItem } from './message-item.tsx';

/** One row of the message log: a message, or a separator. */
export function LogRow({
  row,
  now,
  ...message
}: {
  row: Row;
  /** Unix milliseconds. */
  now: number;
  authorName: string;
  quoted: Message | null | undefined;
  quotedName: string;
  active: boolean;
  found: boolean;
  actions: MessageActions;
}) {
  const { t, format } = useI18n();
  switch (row.kind) {
    case 'start':
      return <p className="log-start">{t('messages.start')}</p>;
    case 'day':
      return <h2 className="day">{format.day(row.at, now)}</h2>;
    case 'unread':
      return (
        <p className="unread-line">
          <span>{t('talk.unread')}</span>
        </p>
      );
    case 'message':
      return (
        <Boundary of={row.message} fallback={(fault) => <FaultNote what="message" fault={fault} />}>
          <MessageItem row={row} {...message} />
        </Boundary>
      );
  }
}
