import { externalLink } from '../../shared/address/external-link.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Shows where a link really leads, before the system's browser is asked to go there. */
export function LinkDialog({
  url,
  onOpen,
  onCopy,
  onClose,
}: {
  url: string;
  onOpen: () => void;
  onCopy: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const parsed = externalLink(url);
  if (parsed === null) return null;
  const [before = '', after = ''] = splitAt(parsed.href, parsed.host);
  return (
    <Dialog title={t('link.title')} onClose={onClose}>
      <div className="link-dialog">
        <p className="hint">{t('link.host')}</p>
        <p className="link-host" dir="ltr">
          {parsed.host}
        </p>
        <p className="hint">{t('link.whole')}</p>
        <p className="link-whole" dir="ltr">
          {before}
          <strong>{parsed.host}</strong>
          {after}
        </p>
        {/(^|\.)xn--/.test(parsed.hostname) && <p className="link-warning">{t('link.ascii')}</p>}
        {parsed.protocol === 'http:' && <p className="link-warning">{t('link.plain')}</p>}
      </div>
      <div className="dialog-actions dialog-end">
        <Button onClick={onCopy}>{t('link.copy')}</Button>
        <Button look="primary" onClick={onOpen}>
          {t('link.open')}
        </Button>
      </div>
    </Dialog>
  );
}

function splitAt(href: string, host: string): readonly [string, string] {
  const start = href.indexOf('://') + '://'.length;
  return [href.slice(0, start), href.slice(start + host.length)];
}
