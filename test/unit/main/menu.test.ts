import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../src/main/menu.ts';

describe('the menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)(
    'has copy and paste, the window’s commands and a way to quit on %s',
    (platform) => {
      const items = menuTemplate(platform);
      const roles = items.flatMap(({ role, submenu }) => [
        role,
        ...(Array.isArray(submenu) ? submenu.map((it) => it.role) : []),
      ]);
      expect(roles).toEqual(expect.arrayContaining(['editMenu', 'viewMenu', 'windowMenu']));
      // On macOS the app's own menu holds it.
      expect(roles).toContain(platform === 'darwin' ? 'appMenu' : 'quit');
    },
  );
});
