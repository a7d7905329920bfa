import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import type { diagnoseAlone } from '../../../../src/core/doctor/node-doctor.ts';
import { readArguments } from '../../../../src/hosts/terminal/args.ts';
import type { CommandDeps } from '../../../../src/hosts/terminal/command.ts';
import { createDoctorCommand } from '../../../../src/hosts/terminal/commands/doctor.ts';
import { EXIT } from '../../../../src/hosts/terminal/exit-codes.ts';
import type { Connected, Diagnosis, Finding } from '../../../../src/shared/model/diagnosis.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';

const fine: Finding = { layer: 'address', result: 'ok', detail: 'bob:8080.', problem: null, ms: 1 };
const refused = problem('refused', { host: 'bob', port: 8080 });
const bad: Finding = {
  layer: 'route',
  result: 'failed',
  detail: 'Port 8080: refused.',
  problem: refused,
  ms: 2,
};
const odd: Finding = {
  layer: 'peer',
  result: 'ok',
  detail: 'It answers as Bob\u001b[2J.',
  problem: null,
  ms: 3,
};
const slow: Finding = {
  layer: 'clock',
  result: 'warning',
  detail: '3 hours behind ours.',
  problem: problem('clock-differs', { name: 'Bob', difference: 10_800_000, direction: 'behind' }),
  ms: 3,
};

/** Runs `parley doctor ARGS` on a doctor that finds what is given. */
async function run(
  args: readonly string[],
  findings: readonly Finding[],
  connected: Connected | null = null,
) {
  const output = new PassThrough();
  const worst = (['failed', 'warning'] as const).find((it) =>
    findings.some(({ result }) => result === it),
  );
  const diagnosis: Diagnosis = {
    address: 'bob:8080',
    at: 0,
    result: connected ? 'warning' : (worst ?? 'ok'),
    connected,
    findings,
  };
  const diagnose = vi.fn<typeof diagnoseAlone>(async (_address, { onFinding }) => {
    for (const finding of findings) onFinding?.(finding);
    return diagnosis;
  });
  const io = { stdin: output, stdout: output, stderr: output, env: {}, onStop: () => () => {} };
  const command = createDoctorCommand(diagnose);
  const parsed = readArguments(args, command.options, command.operands);
  const code = await command.run(parsed, { io } as unknown as CommandDeps);
  return { code, text: String(output.read() ?? ''), diagnose, diagnosis };
}

describe('parley doctor', () => {
  test('prints a line for each layer, and what to do about each problem', async () => {
    const { code, text } = await run(['bob'], [fine, bad]);
    expect(text.split('\n')).toEqual([
      'ok      address     bob:8080.',
      'FAILED  route       Port 8080: refused.',
      `                    ${refused.cause}`,
      `                    ${refused.next}`,
      '',
    ]);
    expect(code).toBe(EXIT.refused);
  });

  test('exits with 0 when there are only warnings', async () => {
    expect((await run(['bob'], [fine, slow])).code).toBe(EXIT.ok);
  });

  test('prints no control sequence', async () => {
    expect((await run(['bob'], [odd])).text).not.toContain('\u001b');
    expect((await run(['bob', '--json'], [odd])).text).not.toContain('\u001b');
  });

  test('prints one JSON object for scripts', async () => {
    const { code, text, diagnosis } = await run(['bob', '--json'], [fine, bad]);
    expect(JSON.parse(text)).toEqual(diagnosis);
    expect(text.trimEnd()).not.toContain('\n');
    expect(code).toBe(EXIT.refused);
  });

  test('reports that the contact is connected anyway, and not as a failure', async () => {
    const connected: Connected = { name: 'Bob\u001b[2J', calledBy: 'them' };
    const { code, text } = await run(['bob'], [fine, bad], connected);
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      'Bob\\u001b[2J is connected right now: their copy has called yours.',
    );
    expect(code).toBe(EXIT.ok);
  });

  test('passes on the port for the dial-back, and uses no contacts without a profile', async () => {
    const { diagnose } = await run(['bob', '--listen', '8081'], []);
    expect(diagnose).toHaveBeenCalledWith(
      'bob',
      expect.objectContaining({ dataDir: null, listenPort: 8081 }),
    );
    expect(diagnose.mock.calls[0]?.[1]).not.toHaveProperty('contacts');
  });
});
