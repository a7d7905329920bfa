import type { MouseEvent } from 'react';
import { bodyParts } from '../../state/links.ts';
import { withLineFeeds } from './line-ends.ts';

/** Characters that make text run against its own direction: `evil\u202egnp.exe` would end in .png. */
const OVERRIDES = /[\u202d\u202e]/g;

/**
 * A message body: text, in which web addresses are links. Nothing in it is ever markup, and a click
 * on a link only asks for confirmation.
 */
export function BodyText({ body, onLink }: { body: string; onLink: (url: string) => void }) {
  return bodyParts(withLineFeeds(body)).map(({ text, at, link }) => {
    // After links were detected: removing these characters must not create a link.
    if (link === null) return text.replace(OVERRIDES, '');
    const ask = (event: MouseEvent) => {
      event.preventDefault();
      onLink(link);
    };
    return (
      <a
        key={at}
        href={link}
        target="_blank"
        rel="noopener noreferrer nofollow"
        draggable={false}
        onClick={ask}
        onAuxClick={ask}
      >
        {text}
      </a>
    );
  });
}
