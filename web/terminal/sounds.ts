// What is heard: right, wrong, a bin, a finished task. Made with WebAudio, so that no file has to be loaded, and
// told apart by pitch and rhythm, so that a noisy hall does no harm.
import { recall, remember } from "../staff/device";

export type Sound = "right" | "bin" | "noted" | "wrong" | "finished";

interface Tone {
  hertz: number;
  at: number; // seconds
  long: number;
  shape: OscillatorType;
}

const tones: Record<Sound, Tone[]> = {
  right: [
    { hertz: 880, at: 0, long: 0.07, shape: "sine" },
    { hertz: 1320, at: 0.08, long: 0.1, shape: "sine" },
  ],
  bin: [{ hertz: 1050, at: 0, long: 0.09, shape: "sine" }],
  noted: [
    { hertz: 660, at: 0, long: 0.12, shape: "sine" },
    { hertz: 520, at: 0.13, long: 0.14, shape: "sine" },
  ],
  wrong: [
    { hertz: 185, at: 0, long: 0.22, shape: "square" },
    { hertz: 140, at: 0.26, long: 0.34, shape: "square" },
  ],
  finished: [
    { hertz: 784, at: 0, long: 0.1, shape: "sine" },
    { hertz: 988, at: 0.11, long: 0.1, shape: "sine" },
    { hertz: 1319, at: 0.22, long: 0.2, shape: "sine" },
  ],
};

const shakes: Record<Sound, number[]> = {
  right: [40],
  bin: [25],
  noted: [40, 60, 40],
  wrong: [180, 80, 260],
  finished: [40, 50, 40, 50, 90],
};

let context: AudioContext | undefined;
let muted = recall("muted", false);

export function isMuted(): boolean {
  return muted;
}

export function mute(quiet: boolean): void {
  muted = quiet;
  remember("muted", quiet);
}

// Browsers let a page sound only after it was touched or typed into.
export function wakeSound(): void {
  if (muted || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume().catch(() => undefined);
}

export function sound(what: Sound): void {
  if ("vibrate" in navigator) navigator.vibrate(shakes[what]);
  if (muted) return;
  wakeSound();
  if (context === undefined) return;
  for (const tone of tones[what]) play(context, tone);
}

function play(audio: AudioContext, tone: Tone): void {
  const begin = audio.currentTime + tone.at;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = tone.shape;
  oscillator.frequency.value = tone.hertz;
  // Square waves are much louder to the ear than sines.
  const loud = tone.shape === "square" ? 0.16 : 0.4;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(loud, begin + 0.008);
  volume.gain.setValueAtTime(loud, begin + tone.long - 0.02);
  volume.gain.linearRampToValueAtTime(0, begin + tone.long);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + tone.long);
}
