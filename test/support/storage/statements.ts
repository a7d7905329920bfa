import { DatabaseSync, StatementSync } from 'node:sqlite';
import { vi } from 'vitest';

const databases = new WeakMap<StatementSync, DatabaseSync>();
const prepare = DatabaseSync.prototype.prepare;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...options) {
  const statement = prepare.apply(this, options);
  databases.set(statement, this);
  return statement;
};

/**
 * Watches statements that are run from now on, of every database that was prepared for after this
 * file was loaded, until `mockRestore`. `before` may throw in place of the statement.
 */
export function watchStatements(
  before: (sql: string, database: DatabaseSync | undefined) => void,
  after: (sql: string) => void = () => {},
) {
  const { run } = StatementSync.prototype;
  const spy = vi.spyOn(StatementSync.prototype, 'run');
  spy.mockImplementation(function (this: StatementSync, ...values: unknown[]) {
    before(this.sourceSQL, databases.get(this));
    const result = Reflect.apply(run, this, values);
    after(this.sourceSQL);
    return result;
  });
  return spy;
}
