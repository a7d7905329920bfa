import { formatAddress } from '../../shared/address/address.ts';
import type { Connected, Diagnosis, Finding } from '../../shared/model/diagnosis.ts';
import type { DoctorDeps } from './deps.ts';
import {
  examineAddress,
  examineEncryption,
  examineName,
  examineRoute,
  type Route,
  type Target,
} from './network-layers.ts';
import { examineClock, examineDialBack, NOT_PARLEY } from './parley-layers.ts';
import { close, examineContract, examineIdentity, examinePeer, type Met } from './peer-layers.ts';
import { Report, skipped } from './report.ts';

export interface DiagnoseOptions {
  /** Aborts: the layer under way fails with `cancelled`. */
  readonly signal?: AbortSignal;
  /** Called with each finding as it is made. */
  readonly onFinding?: (finding: Finding) => void;
}

/**
 * Examines the path to an address layer by layer, and stops at the first failure. Leaves no trace
 * on either side: no contact, no link, and no message. Never rejects.
 */
export async function diagnose(
  text: string,
  deps: DoctorDeps,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const { signal = new AbortController().signal, onFinding = () => {} } = options;
  const report = new Report({ ...deps, onFinding, signal });
  const target = await report.layer('address', () => examineAddress(deps, text));
  if (target === null) return report.finish(text);
  await examineNetwork(deps, report, target, signal);
  return report.finish(formatAddress(target.address), connectionTo(deps, target));
}

/** Whether the contact at that address is connected, perhaps because it dialled us. */
function connectionTo({ contacts }: DoctorDeps, { address, expected }: Target): Connected | null {
  if (contacts === null) return null;
  const contact =
    expected === null
      ? (contacts.at(address) ?? contacts.claiming(address))
      : contacts.of(expected);
  const calledBy = contact && contacts.calledBy(contact);
  return contact && calledBy ? { name: contact.name, calledBy } : null;
}

async function examineNetwork(
  deps: DoctorDeps,
  report: Report,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  const found = await report.layer('name', () => examineName(deps, target, signal));
  if (found === null) return;
  const route = await report.layer('route', () => examineRoute(deps, target, found, signal));
  if (route === null) return;
  const security = await report.layer('encryption', () =>
    examineEncryption(deps, target, route, signal),
  );
  if (security === null) return;
  const met = await report.layer('peer', () => examinePeer(deps, target, security, signal));
  if (met === null) return;
  try {
    await examineConversation(deps, report, target, route, met);
  } finally {
    close(met.live);
  }
}

async function examineConversation(
  deps: DoctorDeps,
  report: Report,
  target: Target,
  route: Route,
  met: Met,
): Promise<void> {
  const session = await report.layer('contract', () => examineContract(deps, target, met));
  await report.layer('identity', () => examineIdentity(deps, target, met));
  if (session === null) {
    await report.layer('clock', () => skipped(NOT_PARLEY));
    await report.layer('dial-back', () => skipped(NOT_PARLEY));
    return;
  }
  await report.layer('clock', () => examineClock(deps, session, met));
  await report.layer('dial-back', () => examineDialBack(deps, session, route, met));
}
