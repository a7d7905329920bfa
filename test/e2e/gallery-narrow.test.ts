import { testGallery } from '../support/renderer-harness/gallery-tests.ts';

// Every state of the page in a window as narrow as a phone.

testGallery({ look: 'narrow', mode: 'production', language: 'en', width: 400, examined: true });
