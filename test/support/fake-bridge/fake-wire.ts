import type { WireFrame, WireLog } from '../../../src/shared/model/wire.ts';

const LINES: readonly (readonly [WireFrame['direction'], string])[] = [
  [
    'sent',
    '["push",["pipeline",0,["link"],[{"protocol":1,"name":"Alice","port":8080},["export",-1]]]]',
  ],
  ['sent', '["pull",1]'],
  [
    'received',
    '["resolve",1,{"hello":{"protocol":1,"name":"Bob","port":8080},"link":["export",-1]}]',
  ],
  [
    'sent',
    '["push",["pipeline",1,["link","deliver"],[[[{"id":"01a20302-c2f6-7c61-bf0c-f2b418313d6e","body":"8090, same machine.","sentAt":1795346842361}]]]]]',
  ],
  ['sent', '["pull",2]'],
  [
    'received',
    '["resolve",2,{"accepted":[["01a20302-c2f6-7c61-bf0c-f2b418313d6e"]],"refused":[[]]}]',
  ],
  ['received', '["push",["pipeline",-1,["typing"],[]]]'],
  ['received', '["pull",1]'],
  ['sent', '["resolve",1,null]'],
  ['received', '["push",["pipeline",-1,["read"],["01a20302-c2f6-7c61-bf0c-f2b418313d6e"]]]'],
  ['received', '["pull",2]'],
  ['sent', '["reject",2,["error","Error","The request was not understood: read takes an id"]]'],
  ['sent', '["release",1,1]'],
];

/** A contact's log that is full of examples as soon as it is switched on. */
export class FakeWire {
  #frames: readonly WireFrame[] | null = null;

  switch(on: boolean, now: number): void {
    this.#frames = on
      ? LINES.map(([direction, text], index) => ({
          seq: index + 1,
          at: now - (LINES.length - index) * 137,
          direction,
          session: 1,
          nth: LINES.slice(0, index + 1).filter((it) => it[0] === direction).length,
          bytes: text.length,
          text,
        }))
      : null;
  }

  /** One more frame goes over the wire. */
  add(direction: WireFrame['direction'], text: string, now: number): void {
    const frames = this.#frames ?? [];
    const seq = (frames.at(-1)?.seq ?? 0) + 1;
    const nth = frames.filter((it) => it.direction === direction).length + 1;
    const frame = { seq, at: now, direction, session: 1, nth, bytes: text.length, text };
    this.#frames = [...frames, frame];
  }

  read(after: number): WireLog {
    const frames = this.#frames?.filter(({ seq }) => seq > after) ?? [];
    return { on: this.#frames !== null, frames, dropped: 0 };
  }
}
