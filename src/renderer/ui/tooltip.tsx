import { useEffect, useRef } from 'react';
import { serveTooltips } from './serve-tooltips.ts';

/**
 * The one tooltip of the page: it shows the `data-tip` of whatever is pointed at, reached with the
 * keyboard, or held with a finger. A tip says what something is called, which a screen reader reads
 * from its name, so it is hidden from that; what is said nowhere else does not belong into a tip.
 */
export function Tooltip() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? serveTooltips(document, box.current) : undefined), []);
  return <div ref={box} className="tooltip" popover="manual" aria-hidden="true" />;
}
