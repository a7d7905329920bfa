import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { externalLink } from '../../shared/address/external-link.ts';

/** The project's locations, from its package.json. */
export interface ProjectPlaces {
  /** The GitHub repository of the releases; null when none is named. */
  readonly repository: { readonly owner: string; readonly name: string } | null;
  /** The project's web page; null when none is named. */
  readonly website: string | null;
}

const UNKNOWN: ProjectPlaces = { repository: null, website: null };

const GITHUB =
  /^(?:github:|(?:git\+)?https:\/\/(?:www\.)?github\.com\/|git@github\.com:)?([\w-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/** Reads them from the package.json in `folder`, which is part of every package. Never throws. */
export function projectPlaces(folder: string): ProjectPlaces {
  try {
    return placesOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return UNKNOWN;
  }
}

/** The locations in a parsed package.json. */
export function placesOf(manifest: unknown): ProjectPlaces {
  const repository = field(manifest, 'repository');
  const url = typeof repository === 'string' ? repository : field(repository, 'url');
  const [, owner, name] = GITHUB.exec(typeof url === 'string' ? url : '') ?? [];
  return {
    repository: owner === undefined || name === undefined ? null : { owner, name },
    website: externalLink(field(manifest, 'homepage'))?.href ?? null,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
