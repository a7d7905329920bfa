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

/** The delivery state of a message of ours, as an icon and in words. */
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
