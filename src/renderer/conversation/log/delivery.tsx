import type { DeliveryState } from '../../../shared/model/delivery.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { AlertIcon, CheckIcon, ClockIcon, DoubleCheckIcon, QuestionIcon } from '../../ui/icons.tsx';

const icons: Readonly<Record<DeliveryState, typeof CheckIcon>> = {
  queued: ClockIcon,
  sending: ClockIcon,
  delivered: CheckIcon,
  read: DoubleCheckIcon,
  unconfirmed: QuestionIcon,
  failed: AlertIcon,
};

/** How far a message of ours has come, as a sign and in words. */
export function Delivery({ state }: { state: DeliveryState }) {
  const { t } = useI18n();
  const StateIcon = icons[state];
  return (
    <span className={`delivery state-${state}`}>
      <StateIcon size={14} />
      <span>{t(`delivery.${state}`)}</span>
    </span>
  );
}
