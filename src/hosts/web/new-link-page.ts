import { createHash } from 'node:crypto';

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }
code { font: 0.95em ui-monospace, monospace }
`;

/** For a policy: the page's style and no other. */
export const NEW_LINK_STYLE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** What a page without a session shows: why, and how to get a link that works. */
export const NEW_LINK_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Parley: a new link is needed</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>This link cannot be used any more</h1>
<p>Each link to Parley opens once, in one browser, so that nobody else can get in with it.
It has been used already, or Parley was started again since.</p>
<h2>Get a new link</h2>
<p>Press Enter in the terminal where Parley runs: it prints a new link. If it does not run any
more, start it again with the command that you started it with.</p>
</main>
</body>
</html>
`;
