import { report } from './control.ts';
import { refuseUnknown } from './loud.ts';

const asked: ((path: string | null) => void)[] = [];

function askForFile(kind: 'open' | 'save', proposed: string | null): Promise<string | null> {
  const answer = Promise.withResolvers<string | null>();
  asked.push(answer.resolve);
  report({ type: 'file-dialog', kind, proposed });
  return answer.promise;
}

/** The user's answer to the file dialog that is open. */
export function chooseFile(path: string | null): void {
  asked.shift()?.(path);
}

interface Question {
  readonly message: string;
  readonly buttons: readonly string[];
  readonly cancelId: number;
  readonly signal: AbortSignal;
}

const questions: ((button: number) => void)[] = [];

/** The user's answer to the question that is open, by the button's number. */
export function answerQuestion(button: number): void {
  questions.shift()?.(button);
}

/** Electron's `dialog`: what would be shown is told to the test. */
export const dialog = {
  showErrorBox(title: string, content: string): void {
    report({ type: 'error-box', title, content });
  },
  async showMessageBox(options: Question): Promise<{ response: number; checkboxChecked: boolean }> {
    const known = ['type', 'title', 'message', 'detail', 'buttons', 'defaultId', 'cancelId'];
    refuseUnknown('options of a message box', options, [...known, 'noLink', 'signal']);
    const { message, buttons, cancelId, signal } = options;
    const answer = Promise.withResolvers<number>();
    questions.push(answer.resolve);
    signal.addEventListener('abort', () => answer.resolve(cancelId));
    report({ type: 'question', message, buttons });
    const response = await answer.promise;
    const place = questions.indexOf(answer.resolve);
    if (place >= 0) questions.splice(place, 1);
    report({ type: 'question-closed', message });
    return { response, checkboxChecked: false };
  },
  async showSaveDialog(options: { readonly defaultPath?: string; readonly filters?: object }) {
    refuseUnknown('options of a file dialog', options, ['defaultPath', 'filters']);
    const path = await askForFile('save', options.defaultPath ?? null);
    return { canceled: path === null, filePath: path ?? '' };
  },
  async showOpenDialog(options: { readonly properties?: object; readonly filters?: object }) {
    refuseUnknown('options of a file dialog', options, ['properties', 'filters']);
    const path = await askForFile('open', null);
    return { canceled: path === null, filePaths: path === null ? [] : [path] };
  },
};

/** Electron's `clipboard`: the test sees what would be on it. */
export const clipboard = {
  async writeText(text: string): Promise<void> {
    report({ type: 'clipboard', text });
  },
};

/** Electron's `shell`: the test sees which address the system would be asked to open. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    report({ type: 'open-external', url });
  },
  showItemInFolder(path: string): void {
    report({ type: 'show-item', path });
  },
};

/** Electron's `systemPreferences`: on macOS only. */
export const systemPreferences = {
  registerDefaults(defaults: object): void {
    if (process.platform !== 'darwin') throw new TypeError('registerDefaults is not a function');
    refuseUnknown('defaults of macOS', defaults, ['NSAppSleepDisabled']);
  },
};

export const nativeTheme = { shouldUseDarkColors: process.env['STAND_IN_DARK'] === '1' };
