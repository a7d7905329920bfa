import type { DoctorDeps } from '../../../src/core/doctor/deps.ts';
import type { Diagnosis, DiagnosisLayer, Finding } from '../../../src/shared/model/diagnosis.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import type { FakeWorld } from '../basics/fake-world.ts';
import type { MemoryNetwork } from '../network/memory-network.ts';
import { identityOf } from './test-peer.ts';

/** The doctor of a program called Carol on a memory network: no contacts, and no port. */
export function memoryDoctor(
  world: FakeWorld,
  network: MemoryNetwork,
  change: Partial<DoctorDeps> = {},
): DoctorDeps {
  const identity = change.identity === undefined ? identityOf('Carol') : change.identity;
  const { dial, probe } = network.host('carol', identity);
  return {
    world,
    limits: DEFAULT_LIMITS,
    dial,
    probe,
    identity,
    isOwn: () => false,
    contacts: { at: () => null, claiming: () => null, of: () => null, calledBy: () => null },
    inbound: async () => ({ type: 'none', reason: 'Carol takes no calls.' }),
    onUnexpected: (error) => {
      throw error;
    },
    ...change,
  };
}

export function findingOf({ findings }: Diagnosis, layer: DiagnosisLayer): Finding {
  const finding = findings.find((it) => it.layer === layer);
  if (!finding) throw new Error(`no finding for ${layer}`);
  return finding;
}

/** `route failed refused`, `clock ok`: each layer in one line. */
export function summary({ findings }: Diagnosis): readonly string[] {
  return findings.map(({ layer, result, problem }) =>
    [layer, result, ...(problem ? [problem.code] : [])].join(' '),
  );
}
