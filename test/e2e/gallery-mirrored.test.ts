import { testGallery } from '../support/renderer-harness/gallery-tests.ts';

// Every state of the page from right to left. Axe has nothing to find here that it has not found in
// light: what mirroring does to its rules, renderer-layout.test.ts looks at.

testGallery({ look: 'rtl', mode: 'production', language: 'ar', width: 1100, examined: false });
