import { execFileSync, spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { PREFIX, sweep } from './hosts.ts';
import { story } from './story.ts';

const spaces = (): string => execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });

story(
  'namespaces of a killed test run are removed, those of a running one are kept',
  async (hosts) => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = `${PREFIX}${pid}-0-alice`;
    execFileSync('ip', ['netns', 'add', left]);
    const { space } = hosts.add('Alice');
    expect(spaces()).toContain(left);
    sweep();
    expect(spaces()).not.toContain(left);
    expect(spaces()).toContain(space);
  },
);
