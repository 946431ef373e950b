// Camera, microphone and levels. Everything that asks the browser for a device is here.

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
// 20 pictures a second are enough for a talking head, and spare slow uplinks.
const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 20, max: 24 } };

/** Whether this page may use devices at all: browsers allow it on https and on this machine only. */
export const devicesAllowed = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Open microphone and camera, the one without the other where only one works.
 * Returns {stream, microphone: "" | reason, camera: "" | reason | "off"}; reasons: blocked, missing, busy, other.
 */
export async function openDevices({ microphoneId, cameraId, withCamera }) {
  const audio = { ...SOUND, ...(microphoneId && { deviceId: { ideal: microphoneId } }) };
  const video = { ...PICTURE, ...(cameraId && { deviceId: { ideal: cameraId } }) };
  if (withCamera) {
    try {
      return { stream: await navigator.mediaDevices.getUserMedia({ audio, video }), microphone: "", camera: "" };
    } catch {
      // One of the two failed and the browser does not say which: ask one by one below.
    }
  }
  const stream = new MediaStream();
  const add = async (kind, wanted) => {
    try {
      (await navigator.mediaDevices.getUserMedia({ [kind]: wanted })).getTracks().forEach((t) => stream.addTrack(t));
      return "";
    } catch (error) {
      return reasonOf(error);
    }
  };
  const microphone = await add("audio", audio);
  const camera = withCamera ? await add("video", video) : "off";
  return { stream, microphone, camera };
}

function reasonOf(error) {
  if (["NotAllowedError", "SecurityError"].includes(error.name)) return "blocked";
  if (["NotFoundError", "OverconstrainedError"].includes(error.name)) return "missing";
  return ["NotReadableError", "AbortError"].includes(error.name) ? "busy" : "other";
}

/** The devices to choose from, with names (the browser gives names only after permission). */
export async function listDevices() {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind) =>
    all.filter((d) => d.kind === kind && d.deviceId).map((d, i) => ({ id: d.deviceId, name: d.label || `Device ${i + 1}` }));
  return { microphones: of("audioinput"), cameras: of("videoinput") };
}

/** No device at all: for an interview in writing. */
export const nothingOpen = () => ({ stream: new MediaStream(), microphone: "", camera: "off" });

/** Whether the browser lends the devices without asking again. */
export async function devicesGranted(withCamera) {
  const names = withCamera ? ["microphone", "camera"] : ["microphone"];
  try {
    const all = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return all.every(({ state }) => state === "granted");
  } catch {
    return false; // some browsers do not say
  }
}

export const stopAll = (stream) => stream?.getTracks().forEach((track) => track.stop());

/** Call `tell(level 0..1)` for every picture drawn until the returned function is called. */
export function followLevel(stream, tell) {
  if (!stream?.getAudioTracks().length) return () => {};
  const context = new AudioContext();
  context.resume().catch(() => {});
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let frame = 0;
  let level = 0;
  const look = () => {
    analyser.getFloatTimeDomainData(samples);
    const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    // -54 dB is nothing, -12 dB is everything: speech fills the middle of the scale.
    const now = Math.min(1, Math.max(0, (20 * Math.log10(rms + 1e-6) + 54) / 42));
    level = now > level ? now : level * 0.88 + now * 0.12; // up at once, down softly
    tell(level);
    frame = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(frame);
    source.disconnect();
    context.close().catch(() => {});
  };
}

/** Two soft notes on the speakers. Resolves when they are over. */
export async function playTestSound() {
  const context = new AudioContext();
  await context.resume();
  for (const [pitch, start] of [[523.25, 0.05], [659.25, 0.4]]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    const at = context.currentTime + start;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.65);
  }
  await new Promise((done) => setTimeout(done, 1200));
  await context.close();
}
