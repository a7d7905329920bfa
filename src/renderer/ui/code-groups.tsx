import { identityCode } from '../../shared/address/identity-text.ts';
import type { Identity } from '../../shared/model/model.ts';

/** A code in groups of characters, each group kept together, always left to right. */
export function CodeGroups({ code, label }: { code: string; label: string }) {
  let place = 0;
  return (
    <ol className="code-groups" dir="ltr" aria-label={label}>
      {code.split(' ').map((group) => {
        place += 1;
        return <li key={place}>{group}</li>;
      })}
    </ol>
  );
}

/** The code of an identity, below what it is called; nothing while there is none. */
export function IdentityCode({ label, identity }: { label: string; identity: Identity | null }) {
  if (identity === null) return null;
  return (
    <div>
      <h3>{label}</h3>
      <CodeGroups code={identityCode(identity)} label={label} />
    </div>
  );
}
