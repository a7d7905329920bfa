import { loadedDialog } from '../faults/loaded-dialog.tsx';

export const ContactDetails = loadedDialog(
  async () => (await import('./contact-dialog.tsx')).ContactDialog,
);
