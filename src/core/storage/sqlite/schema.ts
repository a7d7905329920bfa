/** Identifies the file as ours ("Prly" in ASCII), for `file(1)` and other programs. */
export const APPLICATION_ID = 0x50726c79;

/** The tables of the word index: a row for each message, and for long ones several in the second. */
export const WORD_TABLES = ['message_words', 'long_message_words'] as const;

/**
 * The `rowid` of a long message's first row is its `seq` times this. Enough for any message: an
 * imported one may have 1,000,000 bytes, and is folded into at most twice as many words.
 */
export const MAX_WORD_ROWS = 4_096;

/**
 * Version 1.
 *
 * - `contacts.num` and `messages.seq` are never reused (AUTOINCREMENT): a page cursor stays valid.
 * - `contacts.id` is null for a contact that was removed and whose messages are being deleted.
 * - `contacts.data` is the contact as JSON: few rows, read whole, and free to grow fields.
 * - `contacts.unread` is kept by triggers (see version 3), so that a list of conversations costs the same however
 *   long their histories are. The last message is one step in `messages_by_contact`.
 * - An index on `contact` is ordered by `seq` within it, because `seq` is the row id.
 * - `message_words` holds words only (see search-words.ts), never a second copy of the text. The
 *   `ascii` tokenizer leaves every other character as it is: folding has happened before. `prefix`
 *   keeps the search fast while the first letters are typed. It is filled
 *   by fts-index.ts after messages were added, and emptied by a trigger.
 * - `deleted_messages` keeps a deleted message from coming back with a late duplicate.
 */
export const SCHEMA_1 = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
  key TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('received', 0);

CREATE TABLE contacts (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT UNIQUE,
  data TEXT NOT NULL CHECK (json_valid(data)),
  unread INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contacts (num) ON DELETE CASCADE,
  author TEXT NOT NULL CHECK (author IN ('me', 'them')),
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  unread INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
  UNIQUE (id, contact, author)
) STRICT;
CREATE INDEX messages_by_contact ON messages (contact);
CREATE INDEX messages_pending ON messages (contact)
  WHERE author = 'me' AND state IN ('queued', 'sending');
CREATE INDEX messages_unread ON messages (contact) WHERE unread = 1;

CREATE TABLE deleted_messages (
  contact INTEGER NOT NULL REFERENCES contacts (num) ON DELETE CASCADE,
  author TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (contact, author, id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_words
  USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');

CREATE TRIGGER message_added AFTER INSERT ON messages WHEN NEW.unread BEGIN
  UPDATE contacts SET unread = unread + 1 WHERE num = NEW.contact;
END;
CREATE TRIGGER message_read AFTER UPDATE OF unread ON messages WHEN NEW.unread <> OLD.unread BEGIN
  UPDATE contacts SET unread = unread + NEW.unread - OLD.unread WHERE num = NEW.contact;
END;
CREATE TRIGGER message_moved AFTER UPDATE OF contact ON messages WHEN NEW.unread BEGIN
  UPDATE contacts SET unread = unread - 1 WHERE num = OLD.contact;
  UPDATE contacts SET unread = unread + 1 WHERE num = NEW.contact;
END;
CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
  DELETE FROM message_words WHERE rowid = OLD.seq;
  UPDATE contacts SET unread = unread - OLD.unread WHERE num = OLD.contact AND OLD.unread;
END;
`;

/** Version 2: a message knows which message it replies to. */
export const SCHEMA_2 = 'ALTER TABLE messages ADD COLUMN reply_to TEXT;';

/**
 * Version 3: the newest messages may not be in `message_words` yet (see fts-index.ts), which
 * earlier versions would not know. Incoming messages are counted as unread by the code that adds
 * them, many at once. FTS5 never merges the index within a write any more (see fts-merge.ts).
 */
export const SCHEMA_3 = `
DROP TRIGGER message_added;
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
`;

/** Version 5: the word index starts empty (see `replaceWords` in migrations.ts). */
export const SCHEMA_5 = `
DROP TRIGGER message_gone;
DROP TABLE message_words;
CREATE VIRTUAL TABLE message_words
  USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
  DELETE FROM message_words WHERE rowid = OLD.seq;
  UPDATE contacts SET unread = unread - OLD.unread WHERE num = OLD.contact AND OLD.unread;
END;
`;

/**
 * Version 6: what a receipt covers, and the last message of theirs that was read, are found without
 * reading the other messages of the conversation. The indexes are partial: one on (contact, author)
 * would take the place of `messages_pending`, which is far shorter.
 */
export const SCHEMA_6 = `
CREATE INDEX messages_delivered ON messages (contact)
  WHERE author = 'me' AND state = 'delivered';
CREATE INDEX messages_received ON messages (contact) WHERE author = 'them';
`;

/**
 * Version 7: the words of a long message are in several rows, of which each is written by itself (see
 * search-rows.ts). Those that were indexed before stay in their one row.
 */
export const SCHEMA_7 = `
CREATE VIRTUAL TABLE long_message_words
  USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
INSERT INTO long_message_words (long_message_words, rank)
  VALUES ('automerge', 0), ('crisismerge', 1000);
DROP TRIGGER message_gone;
CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
  DELETE FROM message_words WHERE rowid = OLD.seq;
  DELETE FROM long_message_words WHERE rowid BETWEEN OLD.seq * 4096 AND OLD.seq * 4096 + 4095;
  UPDATE contacts SET unread = unread - OLD.unread WHERE num = OLD.contact AND OLD.unread;
END;
`;
