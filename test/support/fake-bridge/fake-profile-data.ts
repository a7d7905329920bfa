import type { ProfileData } from '../../../src/core/profile/profile-data.ts';

/** A profile's data without a profile. */
export function fakeData(about: Partial<ProfileData> = {}): ProfileData {
  return {
    info: async () => ({ folder: '/profiles/alice', bytes: 4_096 }),
    exportAll: async function* () {
      yield 'first line\n';
      yield 'last line\n';
    },
    importAll: async (text) => {
      let messages = 0;
      for await (const chunk of text) messages += chunk.split('\n').length - 1;
      return { contacts: 0, messages };
    },
    ...about,
  };
}
