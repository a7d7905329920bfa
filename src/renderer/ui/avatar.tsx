import type { Conversation } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { colourOf, initialsOf, type Presence, presenceOf } from '../state/labels.ts';

const COLOURS = 8;

/** A round picture made of a name: its initials on a colour that stays the same for `id`. */
export function Avatar({
  id,
  name,
  presence,
  large = false,
}: {
  id: string;
  name: string;
  /** Shown as a mark at the edge, and in words to a screen reader; null shows none. */
  presence: Presence | null;
  large?: boolean;
}) {
  const { t } = useI18n();
  return (
    <span className={`avatar avatar-${colourOf(id, COLOURS)}${large ? ' avatar-large' : ''}`}>
      <span aria-hidden="true">{initialsOf(name)}</span>
      {presence !== null && (
        <span className={`presence presence-${presence}`}>
          <span className="visually-hidden">{t(`presence.${presence}`)}</span>
        </span>
      )}
    </span>
  );
}

/** The picture of a contact, with whether they are there unless they are blocked. */
export function ContactAvatar({ contact, link }: Pick<Conversation, 'contact' | 'link'>) {
  const { id, identity, name, policy } = contact;
  const presence = policy === 'blocked' ? null : presenceOf(link);
  return <Avatar id={identity ?? id} name={name} presence={presence} />;
}
