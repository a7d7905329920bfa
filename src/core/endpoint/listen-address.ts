import type { Reach, Settings } from '../../shared/model/model.ts';
import { problemOf } from '../../shared/problems/problem.ts';

/** Where to listen. */
export type Place = Pick<Settings, 'port' | 'reach'>;

type Hosts = readonly [string, string?];

/** The hosts to listen on for each reach, preferred first: a system may have no IPv6. */
export const HOSTS: Readonly<Record<Reach, Hosts>> = {
  'this-computer': ['127.0.0.1'],
  network: ['::', '0.0.0.0'],
};

/** The result of `listen` for the first host, or for the second if this system lacks that. */
export async function onFirst<T>(
  [first, second]: Hosts,
  listen: (host: string) => Promise<T>,
): Promise<T> {
  try {
    return await listen(first);
  } catch (error) {
    if (second === undefined || problemOf(error).code !== 'host-unavailable') throw error;
    return listen(second);
  }
}
