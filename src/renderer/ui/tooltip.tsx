import { useEffect, useRef } from 'react';
import { serveTooltips } from './serve-tooltips.ts';

/**
 * The one tooltip of the page: it shows the `data-tip` of the element that is hovered, focused by
 * keyboard, or long-pressed. A tooltip repeats the element's name, which a screen reader reads
 * anyway, so it is hidden from that; information given nowhere else does not belong in a tooltip.
 */
export function Tooltip() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? serveTooltips(document, box.current) : undefined), []);
  return <div ref={box} className="tooltip" popover="manual" aria-hidden="true" />;
}
