import { readFileSync } from 'node:fs';

/** One recorded exchange of docs/PROTOCOL.md. */
export interface Exchange {
  /** `batch`, `websocket` or `link`: how it travels. */
  readonly kind: string;
  /** Frames in order; `>` goes to the peer, `<` comes back. */
  readonly steps: readonly { readonly direction: '>' | '<'; readonly frame: string }[];
}

const BLOCK = /^```frames (\w+)\n([\s\S]*?)^```$/gm;

/** Every exchange that the document shows. */
export function documentedExchanges(): readonly Exchange[] {
  const text = readFileSync('docs/PROTOCOL.md', 'utf8');
  return [...text.matchAll(BLOCK)].map(([, kind = '', body = '']) => ({
    kind,
    steps: body
      .trimEnd()
      .split('\n')
      .map((line) => {
        const direction = line[0];
        if (direction !== '>' && direction !== '<') throw new Error(`not a frame: ${line}`);
        return { direction, frame: line.slice(2).replaceAll('\\n', '\n') };
      }),
  }));
}
