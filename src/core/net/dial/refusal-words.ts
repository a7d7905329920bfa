import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { DEFAULT_LIMITS } from '../../../shared/model/limits.ts';
import { displayName } from '../../../shared/model/text.ts';
import type { ProblemParams } from '../../../shared/problems/problem.ts';
import { reason, said } from '../../../shared/problems/problem-reasons.ts';

/** A final HTTP response in place of the expected one. */
export interface Refused {
  readonly status: number;
  /**
   * The reason in the other side's own words, safe to show on one line; empty when it gave none.
   */
  readonly words: string;
}

/** Bytes of the reason that are shown. */
const SHOWN = 300;
/** Bytes of a body that are read for it. */
const READ = 2_048;

/**
 * The reason in a refusal's status line or plain-text body. Other bodies (web pages, mostly) have
 * none that fits a sentence.
 */
export function refusalText(response: IncomingMessage, body: Uint8Array): string {
  const { statusCode = 0, statusMessage = '' } = response;
  if (statusMessage !== '' && statusMessage !== STATUS_CODES[statusCode]) {
    return shown(statusMessage);
  }
  const isText = /^text\/plain\b/i.test(response.headers['content-type'] ?? '');
  return isText ? shown(Buffer.from(body.subarray(0, READ)).toString('utf8')) : '';
}

/** The same for a response whose body has not been read; reads only as much as needed. */
export async function readRefusal(response: IncomingMessage): Promise<Refused> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= READ) break;
    }
  } catch {
    // The part that has arrived is used.
  }
  return { status: response.statusCode ?? 0, words: refusalText(response, Buffer.concat(chunks)) };
}

/** A refusal as the reason of a problem: its own words, else the bare status. */
export function refusalReason({ status, words }: Refused): ProblemParams {
  return { status, ...(words === '' ? reason('answer-status', { status }) : said(words)) };
}

function shown(text: string): string {
  return displayName(text, { ...DEFAULT_LIMITS, nameBytes: SHOWN });
}
