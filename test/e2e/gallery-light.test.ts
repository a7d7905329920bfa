import { testGallery } from '../support/renderer-harness/gallery-tests.ts';

// Every state of the page in a wide window, in light and in dark.

testGallery({
  look: 'light',
  mode: 'development',
  language: 'en',
  width: 1100,
  examined: true,
  alsoDark: true,
});
