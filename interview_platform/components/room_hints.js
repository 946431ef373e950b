// What could be better with sound and picture: worked out in this browser, told to the person alone, sent to nobody.
// `Hints` is pure (levels and seconds in, a line or null out); `watch` feeds it from the devices.

export const TEXTS = {
  silent: "We hear nothing at all. Is the microphone muted?",
  quiet: "You are hard to hear. Please come a little closer to the microphone.",
  clipping: "Your sound is too loud for the microphone. A little further away is enough.",
  noise: "It is noisy around you. If you can, close a window or a door.",
  dark: "Your picture is dark. A lamp in front of you helps.",
};

const FRAME_SECONDS = 0.1;
const LOOK_SECONDS = 1;
const HEARD_SECONDS = 10; // of sound that a hint rests on
const SEEN_SECONDS = 5;
export const SHOWN_SECONDS = 8;
const REST_SECONDS = 25; // between two hints of any kind
const AGAIN_SECONDS = 120; // before the same one comes again
const MOST_TIMES = 2; // that one kind is told in an interview
const DARK = 0.18; // mean brightness, 0 to 1

const SILENT_DB = -85;
const QUIET_DB = -42; // the loudest of what is said stays below this
const NOISE_DB = -38; // and what is heard between words above that
const SWING_DB = 9; // between the two: somebody speaks

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

export class Hints {
  constructor() {
    this.sound = [];
    this.light = [];
    this.told = {}; // kind → {times, at}
    this.restUntil = 0;
  }

  /** One moment of the microphone; only while the person is listened to. `db`: its level, `peak`: 0 to 1. */
  hear(at, db, peak) {
    this.sound = [...this.sound, { at, db, peak }].filter((one) => at - one.at < HEARD_SECONDS);
  }

  /** One look at the own picture: its mean brightness, 0 to 1. */
  see(at, light) {
    this.light = [...this.light, { at, light }].filter((one) => at - one.at < SEEN_SECONDS);
  }

  /** The microphone was off, or the interviewer speaks: what was heard before says nothing now. */
  forget() {
    this.sound = [];
  }

  /** The hint to show from now on for a while, or null. */
  next(at) {
    const kind = at >= this.restUntil ? this.#found(at) : "";
    if (!kind) return null;
    this.told[kind] = { times: (this.told[kind]?.times ?? 0) + 1, at };
    this.restUntil = at + REST_SECONDS;
    return { kind, text: TEXTS[kind] };
  }

  #found(at) {
    const may = (kind) => {
      const told = this.told[kind];
      return !told || (told.times < MOST_TIMES && at - told.at >= AGAIN_SECONDS);
    };
    return [...this.#heard(), ...this.#seen()].find(may) ?? "";
  }

  #heard() {
    const enough = (0.9 * HEARD_SECONDS) / FRAME_SECONDS;
    if (this.sound.length < enough) return [];
    const levels = this.sound.map(({ db }) => db).sort((a, b) => a - b);
    const [low, high] = [share(levels, 0.2), share(levels, 0.95)];
    const found = [];
    if (high < SILENT_DB) found.push("silent");
    else if (high < QUIET_DB && high - low >= SWING_DB) found.push("quiet");
    if (this.sound.filter(({ peak }) => peak >= 0.985).length > 0.05 * this.sound.length) found.push("clipping");
    if (low > NOISE_DB) found.push("noise");
    return found;
  }

  #seen() {
    const enough = (0.9 * SEEN_SECONDS) / LOOK_SECONDS;
    return this.light.length >= Math.floor(enough) && this.light.every(({ light }) => light < DARK) ? ["dark"] : [];
  }
}

/**
 * Watch a stream until the returned function is called. `listening()` says whether the person is listened to now;
 * tell(hint | null) when one appears and when it goes.
 */
export function watch(stream, listening, tell) {
  const hints = new Hints();
  const ends = [watchSound(stream, hints, listening), watchPicture(stream, hints)];
  let shownUntil = 0;
  const timer = setInterval(() => {
    const at = performance.now() / 1000;
    if (shownUntil && at >= shownUntil) {
      shownUntil = 0;
      tell(null);
    }
    const found = shownUntil ? null : hints.next(at);
    if (!found) return;
    shownUntil = at + SHOWN_SECONDS;
    tell(found);
  }, 1000);
  return () => {
    clearInterval(timer);
    ends.forEach((end) => end());
  };
}

function watchSound(stream, hints, listening) {
  const [track] = stream.getAudioTracks();
  if (!track) return () => {};
  const context = new AudioContext();
  context.resume().catch(() => {});
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (!track.enabled || !listening() || context.state !== "running") return hints.forget();
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    let peak = 0;
    for (const x of samples) {
      sum += x * x;
      peak = Math.max(peak, Math.abs(x));
    }
    hints.hear(performance.now() / 1000, 10 * Math.log10(sum / samples.length + 1e-12), peak);
  }, FRAME_SECONDS * 1000);
  return () => {
    clearInterval(timer);
    source.disconnect();
    context.close().catch(() => {});
  };
}

function watchPicture(stream, hints) {
  const [track] = stream.getVideoTracks();
  if (!track) return () => {};
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, srcObject: stream });
  video.play().catch(() => {});
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const timer = setInterval(() => {
    if (!track.enabled || track.muted || video.readyState < 2) return;
    pen.drawImage(video, 0, 0, 32, 24);
    const { data } = pen.getImageData(0, 0, 32, 24);
    let sum = 0;
    for (let n = 0; n < data.length; n += 4) sum += 0.299 * data[n] + 0.587 * data[n + 1] + 0.114 * data[n + 2];
    hints.see(performance.now() / 1000, sum / (32 * 24 * 255));
  }, LOOK_SECONDS * 1000);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}
