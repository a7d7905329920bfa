import { expect, test } from 'vitest';
import { expectedLines, Transcript } from '../../../scripts/transcript.ts';

test('a transcript is complete when every line came in order, whatever comes in between', () => {
  const transcript = new Transcript(['one', { startsWith: 'two: ' }, 'three']);
  transcript.take('three');
  transcript.take('one');
  expect(transcript.missing).toBe('two: ...');
  transcript.take('something else');
  transcript.take('two: whatever');
  transcript.take('three ');
  expect(transcript.missing).toBe('three');
  transcript.take('three');
  expect(transcript.missing).toBeNull();
});

test('the expected lines are those of the two terminals, on any two ports', () => {
  const { alice, bob } = expectedLines({ alice: 8080, bob: 8081 });
  expect(alice).toHaveLength(10);
  expect(bob).toHaveLength(12);
  expect(bob).toContain('   - Bob exports his capabilities at http://127.0.0.1:8081/rpc/batch');
  expect(bob).toContain("   ← { name: 'Alice', messages_received: 1 }");
});
