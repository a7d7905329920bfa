import { resolve } from 'node:path';
import { diagnoseAlone } from '../../../peer/doctor/node-doctor.ts';
import type { Diagnosis, Finding, LayerResult } from '../../../shared/diagnosis.ts';
import type { Command } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { jsonLine, printable } from '../printable.ts';
import { stopRequest } from '../stop-request.ts';
import { reporter } from '../unexpected.ts';

const HELP = `
Usage: parley doctor ADDRESS [OPTIONS]

Examines the way to ADDRESS layer by layer, up to the first that fails, and says for each what was
found, why, and what to do next: the address, its name, the route and port, the encryption and whose
identity is proven, whether a peer answers, which contract it speaks, whom you know by that identity,
how far the clocks are apart, and whether the other side can call back. No message is sent, and the
other side's windows show nothing of it.

The exit code is 0 unless a layer failed; then it is that of the failure. Warnings leave it 0.

Options:
  --listen PORT   take calls on PORT for a moment and ask the other side to call back there;
                  without it, that layer is skipped. If a running copy of the profile in --data
                  has that port, the call back is for it
  --data DIR      show the identity of the profile in DIR, if it has one; otherwise one is made
                  for this run only
  --json          print one JSON object: {"address","at","result","findings":[{"layer","result":
                  "ok"|"warning"|"failed"|"skipped","detail","problem","ms"}...]}
`;

/** The command, on any doctor. */
export function createDoctorCommand(diagnose: typeof diagnoseAlone): Command {
  return {
    name: 'doctor',
    summary: 'find out why a peer can or cannot be reached',
    help: HELP,
    options: {
      listen: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    },
    operands: ['ADDRESS'],
    run: async (args, { io }) => {
      const json = args.flag('json');
      const data = args.text('data');
      const stop = stopRequest(io);
      try {
        const diagnosis = await diagnose(args.positionals[0] ?? '', {
          dataDir: data === undefined ? null : resolve(data),
          listenPort: args.port('listen') ?? null,
          signal: stop.signal,
          onFinding: (finding) => {
            if (!json) for (const line of linesOf(finding)) printLine(io.stdout, line);
          },
          onUnexpected: reporter(io),
        });
        if (json) printLine(io.stdout, jsonLine(diagnosis));
        return exitCode(diagnosis);
      } finally {
        stop.dispose();
      }
    },
  };
}

export const doctorCommand = createDoctorCommand(diagnoseAlone);

const MARKS: Readonly<Record<LayerResult, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  failed: 'FAILED',
  skipped: '-',
};

const INDENT = ' '.repeat(20);

function linesOf({ layer, result, detail, problem }: Finding): readonly string[] {
  const head = `${MARKS[result].padEnd(8)}${layer.padEnd(12)}${printable(detail)}`;
  if (problem === null) return [head];
  const sentences = [problem.cause, problem.next].filter((sentence) => sentence !== detail);
  return [head, ...sentences.map((sentence) => `${INDENT}${printable(sentence)}`)];
}

function exitCode({ findings }: Diagnosis): ExitCode {
  const problem = findings.find(({ result }) => result === 'failed')?.problem;
  return problem ? exitCodeOf(problem.code) : EXIT.ok;
}
