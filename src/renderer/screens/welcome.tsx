import type { Self } from '../../shared/model.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Mark } from '../components/icons.tsx';
import { ProblemText } from '../components/problem-text.tsx';
import { primaryAddress } from '../state/conversations.ts';
import { strings } from '../strings.ts';

/** What is shown while no conversation is: how to get to one. */
export function Welcome({
  self,
  fresh,
  onCopy,
}: {
  self: Self;
  /** Whether there is no conversation at all yet. */
  fresh: boolean;
  onCopy: (text: string) => Promise<boolean>;
}) {
  const text = strings.welcome;
  const address = primaryAddress(self);
  return (
    <div className="welcome">
      <Mark size={56} />
      <h1>{fresh ? text.title : text.pickTitle}</h1>
      <p className="welcome-lead">{fresh ? text.lead : text.pickLead}</p>
      {address && (
        <section className="welcome-address" aria-label={text.yourAddress}>
          <p className="welcome-label">{text.yourAddress}</p>
          <p className="address-big">{address.address}</p>
          <p className="hint">{strings.own.kinds[address.kind]}</p>
          <CopyButton
            label={strings.own.copyBig}
            caption={strings.own.copyBig}
            onCopy={() => onCopy(address.address)}
          />
        </section>
      )}
      {!address && self.problem && (
        <section className="welcome-address" aria-label={text.yourAddress}>
          <p className="welcome-label">{strings.own.notListening}</p>
          <ProblemText problem={self.problem} />
        </section>
      )}
      {fresh && (
        <ol className="welcome-steps">
          {text.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
