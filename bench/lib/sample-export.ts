import { systemWorld } from '../../src/core/base/system-world.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from '../../src/core/profile/export.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import type { Message } from '../../src/shared/model/model.ts';
import { benchContact } from './bench-contact.ts';
import { sampleTexts } from './text.ts';

/** The lines of an export with one contact and so many new messages (docs/EXPORT.md). */
export async function* sampleExport(messages: number): AsyncGenerator<string> {
  const contact = benchContact({
    id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
    name: 'Imported',
  });
  yield line({
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: new Date(0).toISOString(),
  });
  yield line({ type: 'contact', contact });
  const texts = sampleTexts();
  for (let count = 0; count < messages; count += 1) {
    const message: Omit<Message, 'seq'> = {
      id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
      contactId: contact.id,
      author: 'them',
      body: texts.next().value,
      sentAt: count,
      state: 'received',
      problem: null,
      replyTo: null,
    };
    yield line({ type: 'message', message, unread: false });
  }
  yield line({ type: 'end', records: messages + 1 });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
