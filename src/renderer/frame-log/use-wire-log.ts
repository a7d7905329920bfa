import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ContactId } from '../../shared/model/model.ts';
import type { WireFrame, WireLog } from '../../shared/model/wire.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { useStore } from '../state/use-store.ts';

/** How often new frames are asked for. Milliseconds. */
const EVERY = 500;
/** Frames kept on the page; as many as the core keeps. */
const KEPT = 500;

/** The log of one contact, as far as it is known. */
export interface WireState {
  /** Null until the core has told. */
  readonly on: boolean | null;
  readonly frames: readonly WireFrame[];
  readonly dropped: number;
  readonly problem: Problem | null;
}

const START: WireState = { on: null, frames: [], dropped: 0, problem: null };

/** The state after new frames have come; the oldest beyond the limit are let go of. */
export function withFrames(state: WireState, { on, frames, dropped }: WireLog): WireState {
  const last = state.frames.at(-1)?.seq ?? 0;
  const fresh = frames.filter((it) => it.seq > last);
  if (state.on === on && fresh.length === 0 && state.problem === null) {
    return state.dropped === dropped ? state : { ...state, dropped };
  }
  const all = on ? [...state.frames, ...fresh].slice(-KEPT) : [];
  return { on, frames: all, dropped, problem: null };
}

/** Follows a contact's log while the page is visible and `paused` is not set. */
export function useWireLog(contactId: ContactId, paused: boolean) {
  const { ask } = useStore();
  const [state, setState] = useState(START);
  const last = useRef(0);
  last.current = state.frames.at(-1)?.seq ?? 0;
  const visible = useVisible();
  const off = state.on === false;
  const read = useCallback(async () => {
    const outcome = await ask(({ chat }) => chat.wireLog({ contactId, after: last.current }));
    setState((it) =>
      outcome.ok ? withFrames(it, outcome.value) : { ...it, problem: outcome.problem },
    );
  }, [ask, contactId]);
  useEffect(() => {
    if (paused || off || !visible) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let ended = false;
    const next = async () => {
      await read();
      if (!ended) timer = setTimeout(next, EVERY);
    };
    void next();
    return () => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [read, paused, off, visible]);
  const watch = async (on: boolean) => {
    const outcome = await ask(({ chat }) => chat.watchWire({ contactId, on }));
    setState(outcome.ok ? { ...START, on } : (it) => ({ ...it, problem: outcome.problem }));
  };
  return { state, watch };
}

function useVisible(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
