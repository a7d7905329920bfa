import type { Page } from 'playwright-core';

/** What carries Parley's windows, as far as people notice: a journey runs the same in each. */
export interface Host {
  readonly name: string;
  /** Starts a copy for one person. It does not outlive the running test, nor do its files. */
  start(options?: CopyOptions): Promise<Copy>;
  /** A port for a copy that is started later. Nobody listens on it. */
  port(): Promise<number>;
  /**
   * Pictures for the documentation where they are wanted, as `NAME-light.png` and `NAME-dark.png`, in
   * a window that is drawn to this height (pixels) and stays so.
   */
  photograph(page: Page, name: string, height: number): Promise<void>;
  /** What went wrong in any window so far: errors, and what its policy forbade. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface CopyOptions {
  /** What others see; what the system calls the user unless given. */
  readonly name?: string;
  /** Any free one unless given. */
  readonly port?: number;
}

/** One person's Parley. After `quit` or `kill` it can be started again: same profile, same port. */
export interface Copy {
  readonly port: number;
  /** The window. A restart brings another one. */
  readonly page: Page;
  /** Starts it again. */
  start(): Promise<void>;
  /** Ends it as the person would; fails when it does not end well. */
  quit(): Promise<void>;
  /** Ends it as a crash or a power cut would. */
  kill(): Promise<void>;
  /** Does `press`, which asks for a place to save, and saves to `file`. */
  save(press: () => Promise<void>, file: string): Promise<void>;
  /** Does `press`, which asks for a file to open, and opens `file`. */
  choose(press: () => Promise<void>, file: string): Promise<void>;
  /** What is on the clipboard. */
  clipboard(): Promise<string>;
}
