import { FakeCore } from '../fake-bridge.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

// Runs in the page before the renderer does: puts a fake core where Electron's preload would put
// the real one.
const page = globalThis as typeof globalThis & {
  readonly scenarioName: ScenarioName;
  fakeCore: FakeCore;
  parley: FakeCore['bridge'];
};
page.fakeCore = new FakeCore(scenarios[page.scenarioName]());
page.parley = page.fakeCore.bridge;
