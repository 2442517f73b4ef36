// Tells a keyboard-wedge scanner from a person: a scanner types a whole code within a moment and ends it with
// Enter, or with Tab. Pure: keys go in, codes come out; scanning.ts binds it to the page.

export interface KeyPress {
  key: string; // as KeyboardEvent.key
  code: string; // as KeyboardEvent.code: the place on the keyboard
  shift: boolean;
  at: number; // milliseconds
}

export interface Burst {
  text: string;
  startedAt: number;
}

// A scanner's keys come 5 to 30 ms apart, but radio and a busy hand-held make single gaps long; nobody types a
// whole code at 90 ms a key. Who did would lose nothing: it would be taken as a scan, which is what it stands for.
const longestGapMs = 250;
const longestMeanGapMs = 90;
const echoMs = 200;
const shortestCode = 3;
const longestCode = 64;

export class Wedge {
  private text = "";
  private startedAt = 0;
  private lastAt = -Infinity;
  private endedAt = -Infinity;

  // The code that this key ends; nothing while one may be going on, or when a person types.
  press(press: KeyPress): Burst | undefined {
    const follows = press.at - this.lastAt <= longestGapMs;
    if (press.key === "Enter" || press.key === "Tab") {
      const burst = { text: this.text, startedAt: this.startedAt };
      const length = this.text.length;
      const swift = press.at - this.startedAt <= length * longestMeanGapMs;
      const whole = follows && swift && length >= shortestCode && length <= longestCode;
      this.drop();
      if (!whole) return undefined;
      this.endedAt = press.at;
      return burst;
    }
    const character = characterOf(press);
    if (character === undefined) return undefined;
    if (!follows) {
      this.text = "";
      this.startedAt = press.at;
    }
    this.text += character;
    this.lastAt = press.at;
    return undefined;
  }

  // Whether a burst has begun with the key of this moment.
  startedAtNow(at: number): boolean {
    return this.text.length === 1 && this.startedAt === at;
  }

  // Whether an Enter at this moment is the second of a scanner that sends two, and not the end of a next code.
  isEcho(at: number): boolean {
    return this.text === "" && at - this.endedAt <= echoMs;
  }

  private drop(): void {
    this.text = "";
    this.lastAt = -Infinity;
  }
}

// Scanners press keys by their place on an English keyboard. With the Russian layout on, "A-01" would arrive as
// "Ф-01"; the place says what was meant.
function characterOf(press: KeyPress): string | undefined {
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter !== undefined) return press.shift ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  if (digit !== undefined && !press.shift) return digit;
  if (press.code === "Minus" || press.code === "NumpadSubtract") return press.shift ? "_" : "-";
  if (press.code === "Period" && !press.shift) return ".";
  return press.key.length === 1 ? press.key : undefined;
}
