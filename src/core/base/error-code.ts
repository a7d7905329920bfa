/** The `code` of an error of Node or the system (`ECONNREFUSED`, `ERR_SSL_...`), or '' without one. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
