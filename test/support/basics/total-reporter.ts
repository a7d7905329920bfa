import type { Reporter, TestModule } from 'vitest/node';

/** Prints the names of skipped tests and, as the very last line, the plain total of the run. */
export class TotalReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      // A file that fails to load has no tests, yet it is a failure.
      if (module.errors().length > 0) counts.failed += 1;
      // So is a group whose preparation or cleaning up failed: its tests are only "skipped".
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) counts.failed += 1;
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') counts.failed += 1;
        else {
          counts.skipped += 1;
          skipped.push(`${module.relativeModuleId}: ${test.fullName}`);
        }
      }
    }
    const total = `${counts.passed} passed, ${counts.failed} failed`;
    const tail = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    // After the other reporters' summaries, which are printed in the same tick.
    process.once('exit', () => {
      for (const name of skipped) console.log(`skipped: ${name}`);
      console.log(`${total}${tail}`);
    });
  }
}

export default TotalReporter;
