/** The isolated world that the preload runs in, and the global there through which a test speaks. */
export const PRELOAD_WORLD = 'electron-preload';
export const PRELOAD_PORT = '__standIn';
