import { open } from 'node:fs/promises';

/** A file of lines that begin with the number of a lead, as bytes: only those of a lead that is asked for become text. */
export interface LinesByLead {
  /** Takes the place of what was read before. @param leads how many there are; @param first the number of the first one. */
  read(path: string, first: number, leads: number): Promise<void>;
  /** What follows the number and a blank, line by line in the order of the file. @param place counted from the first lead. */
  of(place: number): string[];
}

const BLANK = 32;
const LINE_END = 10;
const ZERO = 48;

/** There is no such line. */
const NONE = 0xffff_ffff;

/**
 * Reads one file after the other into the same room. Were all its lines objects at once, they would live just long enough for the garbage
 * collector to put them among what is old, where each file leaves its own behind: memory would grow with how much leads did.
 */
export function linesByLead(): LinesByLead {
  let room = Buffer.alloc(0);
  /** By line, where it begins in the room, and where the last one ends; and which line is the next one of the same lead. */
  let begins = new Uint32Array(1);
  let nextOf = new Uint32Array(1);
  let firstOf = new Uint32Array();

  function roomFor(size: number): Buffer {
    if (room.length < size) room = Buffer.allocUnsafeSlow(Math.ceil(1.5 * size));
    return room;
  }

  function note(line: number, end: number): void {
    if (line + 1 === begins.length) {
      begins = doubled(begins);
      nextOf = doubled(nextOf);
    }
    begins[line + 1] = end;
    nextOf[line] = NONE;
  }

  return {
    async read(path, first, leads) {
      const length = await readInto(path, roomFor);
      firstOf = new Uint32Array(leads).fill(NONE);
      const lastOf = new Uint32Array(leads);
      let line = 0;
      for (let begin = 0; begin < length; line++) {
        const lead = numberAt(room, begin) - first;
        const end = room.indexOf(LINE_END, begin) + 1;
        note(line, end);
        if (firstOf[lead] === NONE) firstOf[lead] = line;
        else nextOf[lastOf[lead] ?? NONE] = line;
        lastOf[lead] = line;
        begin = end;
      }
    },
    of(place) {
      const lines: string[] = [];
      for (let line = firstOf[place] ?? NONE; line !== NONE; line = nextOf[line] ?? NONE) {
        const afterNumber = room.indexOf(BLANK, begins[line]) + 1;
        lines.push(room.toString('utf8', afterNumber, (begins[line + 1] ?? 0) - 1));
      }
      return lines;
    },
  };
}

function doubled(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** The whole number that begins there. */
function numberAt(room: Buffer, begin: number): number {
  let value = 0;
  for (let at = begin; room[at] !== BLANK; at++) value = value * 10 + (room[at] ?? 0) - ZERO;
  return value;
}

/** Returns how many bytes the file has. */
async function readInto(path: string, roomFor: (size: number) => Buffer): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const room = roomFor(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(room, length, size - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length;
  } finally {
    await file.close();
  }
}
