import type { Self } from '../../shared/model.ts';
import { primaryAddress } from '../state/conversations.ts';
import { strings } from '../strings.ts';
import { Avatar } from './avatar.tsx';
import { CopyButton } from './copy-button.tsx';
import { ProblemText } from './problem-text.tsx';

/** Who we are and where we can be reached, with a button that copies the address. */
export function OwnAddress({
  self,
  onCopy,
}: {
  self: Self;
  onCopy: (address: string) => Promise<boolean>;
}) {
  const address = primaryAddress(self);
  return (
    <section className="own" aria-label={strings.own.region}>
      <Avatar id={self.identity ?? self.name} name={self.name} presence={null} />
      <div className="own-text">
        <bdi className="own-name">{self.name}</bdi>
        {address ? (
          <span className="own-address" title={strings.own.kinds[address.kind]}>
            {address.address}
          </span>
        ) : (
          <span className="own-address">
            {self.problem ? strings.own.notListening : strings.own.starting}
          </span>
        )}
      </div>
      {address && <CopyButton label={strings.own.copy} onCopy={() => onCopy(address.address)} />}
      {self.problem && (
        <div className="own-problem" role="alert">
          <ProblemText problem={self.problem} />
        </div>
      )}
    </section>
  );
}
