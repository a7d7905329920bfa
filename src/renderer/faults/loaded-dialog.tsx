import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Boundary } from './boundary.tsx';
import { FaultNote, ReloadButton } from './fault-note.tsx';

/** A dialog that is loaded when it is opened: few are, and then the host is a moment away. */
export function loadedDialog<Props extends { onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded: ComponentType<Props> = lazy(async () => ({ default: await load() }));
  return (props) => (
    <DialogBoundary onClose={props.onClose}>
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    </DialogBoundary>
  );
}

/** What fails in a dialog closes with it. */
export function DialogBoundary({
  onClose,
  children,
}: {
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <Boundary
      fallback={(fault) => (
        <Dialog title={t('broken.dialog')} onClose={onClose}>
          <FaultNote what="dialog" fault={fault}>
            <ReloadButton />
          </FaultNote>
        </Dialog>
      )}
    >
      {children}
    </Boundary>
  );
}
