import { EventEmitter } from 'node:events';

export type PowerEvent = 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen';

const EVENTS: readonly string[] = ['suspend', 'resume', 'lock-screen', 'unlock-screen'];

/** Electron's `powerMonitor`: its events are what a test says. */
class PowerMonitor extends EventEmitter {
  override on(event: string, listener: (...args: unknown[]) => void): this {
    if (!EVENTS.includes(event)) {
      throw new Error(`The Electron stand-in has no power event ${event}.`);
    }
    return super.on(event, listener);
  }
}

export const powerMonitor = new PowerMonitor();
