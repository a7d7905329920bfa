import { expect, test, vi } from 'vitest';
import { describeApp, runsOn } from '../../../../src/main/os/about.ts';

test('the system’s About panel shows the versions of Parley and its runtimes', () => {
  const app = { getVersion: () => '1.2.3', setAboutPanelOptions: vi.fn() };
  const versions = { electron: '45.4.1', chrome: '150.0', node: '24.0.0' };
  describeApp(app, versions, 'https://example.org/');
  expect(app.setAboutPanelOptions).toHaveBeenCalledWith({
    applicationName: 'Parley',
    applicationVersion: '1.2.3',
    version: '',
    credits: 'Electron 45.4.1, Chromium 150.0, Node 24.0.0',
    website: 'https://example.org/',
  });
});

test('missing versions are left out', () => {
  const app = { getVersion: () => '1.2.3', setAboutPanelOptions: vi.fn() };
  describeApp(app, { node: '24.0.0' }, null);
  expect(runsOn({ node: '24.0.0' })).toBe('Node 24.0.0');
  expect(app.setAboutPanelOptions.mock.calls[0]?.[0]).not.toHaveProperty('website');
});
