/** A PNG and the width of its square, in pixels. */
export interface Png {
  readonly size: number;
  readonly data: Buffer;
}

/**
 * A Windows icon: a directory of 16 bytes for each picture, then the pictures. Windows reads PNGs
 * in it since Vista. (Format: "ICONDIR" and "ICONDIRENTRY" in Microsoft's documentation.)
 */
export function icoOf(pngs: readonly Png[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pngs.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pngs.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of pngs.entries()) {
    const at = 6 + 16 * index;
    // 256 does not fit and is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pngs.map(({ data }) => data)]);
}

/** The types of an Apple icon whose pictures may be PNGs, with their widths in pixels. */
export const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** An Apple icon: `icns`, its length, then for each picture its type, its length and itself. */
export function icnsOf(pngs: readonly Png[]): Buffer {
  const pictures = ICNS_TYPES.map(([type, width]) => {
    const png = pngs.find(({ size }) => size === width);
    if (!png) throw new Error(`No picture of ${width} pixels.`);
    return chunk(type, png.data);
  });
  return chunk('icns', Buffer.concat(pictures));
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + data.length, 4);
  return Buffer.concat([head, data]);
}
