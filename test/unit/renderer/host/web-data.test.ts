import { expect, test, vi } from 'vitest';
import { type BrowserFiles, webData } from '../../../../src/renderer/host/web-data.ts';

function setUp(answer: Response | Error, chosen: Blob | null = null) {
  const fetch = vi.fn<BrowserFiles['fetch']>(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const download = vi.fn();
  const data = webData('t0ken', { fetch, download, choose: async () => chosen });
  return { data, fetch, download };
}

test('an export asks for a ticket and leaves the rest to the browser', async () => {
  const { data, fetch, download } = setUp(Response.json({ path: '/data/download?abc' }));
  expect(await data.exportData({})).toEqual({ ok: true, value: { type: 'download' } });
  expect(fetch).toHaveBeenCalledWith('/data/export', {
    method: 'POST',
    headers: { authorization: 'Bearer t0ken' },
  });
  expect(download).toHaveBeenCalledWith('/data/download?abc');
});

test('an import hands the file on unread', async () => {
  const file = new Blob(['a file']);
  const outcome = { ok: true, value: { type: 'added', contacts: 1, messages: 2 } };
  const { data, fetch } = setUp(Response.json(outcome), file);
  expect(await data.importData({})).toEqual(outcome);
  expect(fetch.mock.calls[0]?.[1].body).toBe(file);
});

test('without a file nothing is sent', async () => {
  const { data, fetch } = setUp(Response.json({}));
  expect(await data.importData({})).toEqual({ ok: true, value: { type: 'cancelled' } });
  expect(fetch).not.toHaveBeenCalled();
});

test.each([
  ['a host that is gone', new TypeError('Failed to fetch')],
  ['a session that has ended', new Response('No session.', { status: 401 })],
])('%s is told as a problem', async (_, answer) => {
  const stopped = { ok: false, problem: { code: 'stopped' } };
  for (const name of ['dataInfo', 'exportData', 'importData'] as const) {
    const { data } = setUp(answer, new Blob());
    expect(await data[name]({})).toMatchObject(stopped);
  }
});
