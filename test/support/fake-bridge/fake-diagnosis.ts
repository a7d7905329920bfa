import {
  DIAGNOSIS_LAYERS,
  type Diagnosis,
  type Finding,
} from '../../../src/shared/model/diagnosis.ts';
import type { LinkState } from '../../../src/shared/model/model.ts';
import { problem } from '../../../src/shared/problems/problem.ts';

/** What the doctor would find, going by how a contact's link stands. */
export function diagnosisOf(address: string, link: LinkState | undefined, now: number): Diagnosis {
  const failed = link?.phase === 'offline' ? link.problem : null;
  const stop = failed === null ? DIAGNOSIS_LAYERS.length : DIAGNOSIS_LAYERS.indexOf('route');
  const findings = DIAGNOSIS_LAYERS.map((layer, index): Finding => {
    const fine = { layer, result: 'ok', detail: DETAILS[layer], problem: null, ms: 3 } as const;
    if (failed !== null && index === stop) {
      return { ...fine, result: 'failed', detail: failed.cause, problem: failed, ms: 2_004 };
    }
    if (index > stop) {
      const detail = 'Not examined, because "route" comes first.';
      return { ...fine, result: 'skipped', detail, ms: 0 };
    }
    if (layer !== 'dial-back') return fine;
    return {
      ...fine,
      result: 'warning',
      detail: 'We take calls on port 8080, but the peer did not get through.',
      problem: problem('inbound-timed-out', { name: 'Bob', port: 8080 }),
      ms: 5_012,
    };
  });
  const result = failed === null ? 'warning' : 'failed';
  return { address, at: now, result, findings };
}

const DETAILS: Readonly<Record<Finding['layer'], string>> = {
  address: 'It is an address of Parley.',
  name: '192.168.1.31 is a number (IPv4), so there is no name.',
  route: '192.168.1.31 takes the connection on port 8080.',
  encryption: 'TLS 1.3, with the key a1b2 c3d4.',
  peer: 'It answered as a chat peer.',
  contract: 'Version 1 of the Parley contract.',
  identity: 'This is Bob.',
  clock: 'The two clocks are 0.2 seconds apart.',
  'dial-back': 'The peer has called back.',
};
