import { FakeCore } from '../fake-bridge.ts';
import { FakeShell, FULL_SHELL } from '../fake-shell.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

// Runs in the page before the renderer does: puts a fake core where Electron's preload would put
// the real one.
const page = globalThis as typeof globalThis & {
  readonly scenarioName: ScenarioName;
  fakeCore: FakeCore;
  fakeShell: FakeShell;
  parley: FakeCore['bridge'];
};
page.fakeCore = new FakeCore(scenarios[page.scenarioName]());
page.fakeShell = new FakeShell(FULL_SHELL);
const inDesktop = page.scenarioName === 'desktop';
page.parley = { ...page.fakeCore.bridge, ...(inDesktop && { shell: page.fakeShell.bridge }) };
