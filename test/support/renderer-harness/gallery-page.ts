import { LANGUAGE_TAGS } from '../../../src/renderer/i18n/languages.ts';
import { GALLERY } from './gallery-states.ts';

/** Every state of the page in frames on one page, to be looked at in any theme, width, language. */
export function galleryPage(): string {
  const frames = GALLERY.map(
    ({ name }) =>
      `<figure id="${name}"><figcaption>${name}</figcaption><iframe data-state="${name}" title="${name}" loading="lazy"></iframe></figure>`,
  );
  const options = (values: readonly string[]) =>
    values.map((it) => `<option>${it}</option>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Parley: gallery</title><style>
body { margin: 0; font: 15px system-ui, sans-serif; background: #888; }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; padding: .75rem 1rem; background: #222; color: #fff; }
main { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 1.5rem; }
figure { margin: 0; }
figcaption { padding: .25rem 0; color: #000; font-weight: 600; }
iframe { display: block; border: 0; background: #fff; }
</style></head><body>
<header>
<label>Theme <select id="theme">${options(['light', 'dark'])}</select></label>
<label>Width <select id="width">${options(['1100', '720', '400'])}</select></label>
<label>Language <select id="language">${options(LANGUAGE_TAGS)}</select></label>
</header>
<main>${frames.join('\n')}</main>
<script>
const value = (id) => document.getElementById(id).value;
const show = () => {
  for (const frame of document.querySelectorAll('iframe')) {
    frame.width = value('width');
    frame.height = 760;
    const query = new URLSearchParams({ state: frame.dataset.state, theme: value('theme'), language: value('language') });
    frame.src = '/?' + query;
  }
};
document.querySelector('header').addEventListener('change', show);
show();
</script></body></html>`;
}
