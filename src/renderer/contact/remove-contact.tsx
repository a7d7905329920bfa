import type { Contact } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useStore } from '../state/use-store.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useAct } from '../ui/use-notice.ts';

/** Asks before a contact is removed, and removes it. */
export function RemoveContact({
  contact: { id, name },
  onYes,
  onClose,
}: {
  contact: Contact;
  /** It is being removed. */
  onYes: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  return (
    <Confirm
      title={t('contact.removeTitle', { name })}
      yes={t('contact.removeYes')}
      onYes={() => {
        act(store.removeContact(id));
        onYes();
      }}
      onClose={onClose}
    >
      <p>{t('contact.removeSure')}</p>
    </Confirm>
  );
}
