import { ProblemError } from '../../shared/problems/problem.ts';

/** How much of one error is logged: its frames, and its chain of causes. */
const MAX_FRAMES = 12;
const MAX_CAUSES = 4;

// An identifier: nothing that could be an address or a sentence.
const ERROR_NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,59}$/;
const FUNCTION_NAME = /^[\w$.<>#[\] ]{1,80}$/;
const FRAME = /^\s*at (?:(.+?) \()?([^()]*?):(\d+):(\d+)\)?$/;
const CODE_FILE = /\.[cm]?[jt]sx?$/;

/**
 * The log entry of an error: its class, its code, and where in the code it arose. Never its
 * message: that may hold a user's text, or an address. Never throws, whatever the value.
 */
export function describeError(error: unknown): string {
  try {
    return chain(error, MAX_CAUSES);
  } catch {
    return 'an error that cannot be described';
  }
}

function chain(error: unknown, causes: number): string {
  if (!(error instanceof Error)) return `thrown ${error === null ? 'null' : typeof error}`;
  const name = ERROR_NAME.test(error.name) ? error.name : 'Error';
  const code = codeOf(error);
  const own = [code === null ? name : `${name} ${code}`, ...frames(error)].join(' < ');
  if (error.cause === undefined || causes === 0) return own;
  return `${own} | caused by ${chain(error.cause, causes - 1)}`;
}

/** `ECONNREFUSED`, `identity-sealed`: codes of the system or our own, never a user's text. */
function codeOf(error: Error): string | null {
  if (error instanceof ProblemError) return error.problem.code;
  if (!('code' in error)) return null;
  const code = String(error.code);
  return ERROR_CODE.test(code) ? code : null;
}

function frames({ stack, message }: Error): readonly string[] {
  // The message comes before the frames, and may look like frames itself.
  const after = (stack ?? '').indexOf(message) + message.length;
  return (stack ?? '')
    .slice(after)
    .split('\n')
    .map(frame)
    .filter((it) => it !== null)
    .slice(0, MAX_FRAMES);
}

/** `send (index.js:10:5)`: the file without its folders, which may contain the user's name. */
function frame(line: string): string | null {
  const [, called, path = '', row, column] = FRAME.exec(line) ?? [];
  const file = path.startsWith('node:') ? path : (path.split(/[/\\]/).at(-1) ?? '');
  if (!path.startsWith('node:') && !CODE_FILE.test(file)) return null;
  const place = `${file}:${row}:${column}`;
  return called !== undefined && FUNCTION_NAME.test(called) ? `${called} (${place})` : place;
}
