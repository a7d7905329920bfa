import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'node:inspector/promises';
import { startNodePeer } from '../src/peer/node-peer.ts';
import { systemWorld } from '../src/peer/system-world.ts';
import { uuidv7 } from '../src/shared/ids.ts';
import { connectTo } from './lib/connect-to.ts';
import { SAMPLE_TEXT } from './lib/text.ts';
import { startRole } from './lib/start-role.ts';
const N = Number(process.argv[2] ?? 2000);
const W = Number(process.argv[3] ?? 1);
const dir = mkdtempSync(join(tmpdir(), 'lat-'));
const server = await startRole<{port:number}>({ role: 'parley-server.ts', options: { dataDir: join(dir,'r') } });
const peer = await startNodePeer({ dataDir: join(dir,'s'), port: 0, host: '127.0.0.1', defaultName: 'Sender', onUnexpected: (e) => console.error(e) });
const contactId = await connectTo(peer, server.value.port);
const waiting = new Map<string, () => void>();
const { seq } = await peer.app.snapshot({});
peer.app.subscribe(seq, (batch) => {
  if (batch.type === 'gap') return;
  for (const { event } of batch.events) {
    if (event.type !== 'message-changed' || event.message.state !== 'delivered') continue;
    waiting.get(event.message.id)?.(); waiting.delete(event.message.id);
  }
});
let ta=0, tb=0;
const one = async () => {
  const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
  const d = new Promise<void>((r) => waiting.set(id, r));
  const t0=performance.now();
  await peer.app.send({ contactId, id, body: SAMPLE_TEXT });
  const t1=performance.now();
  await d;
  ta+=t1-t0; tb+=performance.now()-t1;
};
const many = async (n: number) => { let left=n; await Promise.all(Array.from({length: W}, async () => { while (left-- > 0) await one(); })); };
await many(300);
ta=tb=0;
const prof = process.argv[4];
const session = new Session(); 
if (prof) { session.connect(); await session.post('Profiler.enable'); await session.post('Profiler.setSamplingInterval',{interval:200}); await session.post('Profiler.start'); }
const c0 = process.cpuUsage(); const s0 = await server.cpu(); const t = performance.now();
await many(N);
const wall = performance.now() - t; const c = process.cpuUsage(c0); const s1 = await server.cpu();
console.log(`W=${W} wall ${(wall*1000/N).toFixed(0)} us/msg; sender cpu ${((c.user+c.system)/N).toFixed(0)} (sys ${(c.system/N).toFixed(0)}); receiver cpu ${((s1-s0)/N).toFixed(0)}; accept ${(ta*1000/N).toFixed(0)} then delivered ${(tb*1000/N).toFixed(0)}`);
if (prof) { const { profile } = await session.post('Profiler.stop'); writeFileSync(prof, JSON.stringify(profile)); }
await peer.stop(); await server.stop();
