/** When the desktop is asked again: at login, the app may start before its panel. Milliseconds. */
const AGAIN_AFTER = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

export interface TrayPresenceDeps {
  readonly platform: NodeJS.Platform;
  /** On Linux: whether the desktop shows tray icons at this moment. Never rejects. */
  readonly hasHost: () => Promise<boolean>;
  /** Runs `task` after `delay` milliseconds unless the returned function is called. */
  readonly after: (delay: number, task: () => void) => () => void;
  readonly onPresent: () => void;
}

/**
 * Calls `onPresent` once it is known that this system shows tray icons: at once on macOS and
 * Windows; on Linux when the desktop reports it, which many do and some do not. The returned
 * function gives up.
 */
export function whenTrayIsPresent(deps: TrayPresenceDeps): () => void {
  const { platform, hasHost, after, onPresent } = deps;
  let cancel = (): void => undefined;
  let given = false;
  const look = (again: readonly number[]): void => {
    void hasHost().then((present) => {
      if (given) return;
      const [delay, ...later] = again;
      if (present) onPresent();
      else if (delay !== undefined) cancel = after(delay, () => look(later));
    });
  };
  if (platform === 'linux') look(AGAIN_AFTER);
  else onPresent();
  return () => {
    given = true;
    cancel();
  };
}
