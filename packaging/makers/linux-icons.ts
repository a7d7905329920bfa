import { join } from 'node:path';

/** The sizes of the icon themes of Linux desktops, in pixels. */
export const LINUX_ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const;

const ICONS = join(import.meta.dirname, '../icons');

/** The icon of each size, by the name of its folder in the `hicolor` theme. */
export function linuxIcons(): Readonly<Record<string, string>> {
  const sizes = LINUX_ICON_SIZES.map(
    (size) => [`${size}x${size}`, join(ICONS, `${size}.png`)] as const,
  );
  return Object.fromEntries([...sizes, ['scalable', join(ICONS, 'parley.svg')]]);
}
