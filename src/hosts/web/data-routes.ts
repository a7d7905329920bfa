import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { fileProblem } from '../../core/base/atomic-file.ts';
import { decodedText } from '../../core/base/decode-text.ts';
import { errorCode } from '../../core/base/error-code.ts';
import type { World } from '../../core/base/world.ts';
import type { ProfileData } from '../../core/profile/profile-data.ts';
import { type DataInfo, exportFileName, type Imported } from '../../shared/bridge/data-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { type ExportTicket, WEB_PATHS } from '../../shared/bridge/web-bridge.ts';
import { ProblemError, problemOf } from '../../shared/problems/problem.ts';
import { Tickets } from './tickets.ts';

/** How long an upload may pause. Milliseconds. */
const UPLOAD_PAUSE = 60_000;

export interface DataRoutesDeps {
  readonly data: ProfileData;
  readonly world: Pick<World, 'randomBytes' | 'uptime' | 'now'>;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * A page's way to the data as a whole. What is exported goes to the browser's own download and what
 * is imported comes from its own upload, both piece by piece: neither passes through the page.
 *
 * A download is a navigation, which cannot carry the page's token; so the page first asks for a
 * ticket, good for one download within a minute. The caller has checked the session.
 */
export class DataRoutes {
  readonly #deps: DataRoutesDeps;
  readonly #tickets: Tickets;

  constructor(deps: DataRoutesDeps) {
    this.#deps = deps;
    this.#tickets = new Tickets(deps.world);
  }

  /** For a page with a session: where the data is and its size. */
  async info(response: ServerResponse): Promise<void> {
    await this.#answer<DataInfo>(response, () => this.#deps.data.info());
  }

  /** For a page with a session: the permission for one download. */
  ticket(response: ServerResponse): void {
    const ticket: ExportTicket = { path: `${WEB_PATHS.download}?${this.#tickets.issue()}` };
    json(response, ticket);
  }

  /** For a browser with the page's cookie: the export itself, if `ticket` is good. */
  async download(ticket: string, response: ServerResponse): Promise<boolean> {
    if (!this.#tickets.take(ticket)) return false;
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${exportFileName(this.#deps.world.now())}"`,
    });
    try {
      await pipeline(this.#deps.data.exportAll(), response);
    } catch (error) {
      // The head is out: the connection broken off is what tells the browser that it failed.
      response.destroy();
      if (!isGone(error)) this.#deps.onUnexpected(error);
    }
    return true;
  }

  /** For a page with a session: adds what the body holds. */
  async upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setTimeout(UPLOAD_PAUSE, () => request.destroy());
    await this.#answer<Imported>(response, async () => ({
      type: 'added',
      ...(await this.#deps.data.importAll(textOf(request))),
    }));
    request.socket.setTimeout(0);
  }

  async #answer<T>(response: ServerResponse, work: () => Promise<T>): Promise<void> {
    let outcome: Outcome<T>;
    try {
      outcome = { ok: true, value: await work() };
    } catch (error) {
      if (!(error instanceof ProblemError)) this.#deps.onUnexpected(error);
      outcome = { ok: false, problem: problemOf(error) };
      // What is left of an upload is not waited for.
      response.setHeader('connection', 'close');
    }
    json(response, outcome);
  }
}

async function* textOf(request: IncomingMessage): AsyncGenerator<string> {
  try {
    yield* decodedText(request);
  } catch (error) {
    throw fileProblem('upload', error);
  }
}

function isGone(error: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes(errorCode(error));
}

function json(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
