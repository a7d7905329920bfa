import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { exportStore } from '../../../src/core/profile/export.ts';
import { ownId } from '../../../src/core/storage/own-id.ts';
import { SCHEMA_VERSION } from '../../../src/core/storage/sqlite/migrations.ts';
import { openSqliteStore } from '../../../src/core/storage/sqlite/store.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/settings.ts';
import { problem } from '../../../src/shared/problems/problem.ts';
import { ours, sampleContact, theirKey, theirs } from './store-samples.ts';

// Makes the history of this schema version that later builds must open, and what it holds:
// `node test/support/storage/make-store-fixture.ts`. Run it once when a schema version is released, then
// leave its files alone for ever.
const base = fileURLToPath(new URL(`../../fixtures/store/v${SCHEMA_VERSION}`, import.meta.url));
const world = { ...systemWorld, now: () => Date.UTC(2026, 10, 22), uptime: () => 0 };

// Ids as every build since version 4 keeps them; the earlier fixtures hold those of another program.
const [ann, bob, eve] = [ownId('ann'), ownId('bob'), ownId('eve')];

rmSync(`${base}.db`, { force: true });
const store = await openSqliteStore({ path: `${base}.db`, world });
await store.saveSettings({ name: 'Fixture', port: 8080, ...DEFAULT_SETTINGS });
await store.saveContact(sampleContact(ann, { identity: 'a1'.repeat(32) }));
await store.saveContact(sampleContact(bob, { kind: 'open', policy: 'request', addresses: [] }));
await store.saveContact(sampleContact(eve, { kind: 'guest', policy: 'blocked', name: 'Ève 💬' }));
await store.addMessages([
  theirs(ann, ownId('1'), { body: 'hello' }),
  ours(ann, ownId('2'), { body: 'こんにちは世界', state: 'read' }),
  ours(bob, ownId('3'), { state: 'unconfirmed', problem: problem('no-answer') }),
  theirs(eve, ownId('4'), { body: 'deleted' }),
  ours(ann, ownId('5'), { state: 'delivered' }),
  ours(ann, ownId('6'), { state: 'sending' }),
  ours(ann, ownId('7'), { body: 'line\nbreak "quoted" \0 end' }),
  theirs(ann, ownId('8'), { body: 'unread' }),
]);
await store.markRead(ann, 1);
await store.deleteMessage(theirKey(eve, ownId('4')));
let text = '';
for await (const chunk of exportStore(store, world.now())) text += chunk;
await store.close();
writeFileSync(`${base}.ndjson`, text);
