// Put into the page before its own scripts: speaks into the page's microphone, listens to the interviewer, keeps
// the room's events. One clock for both ears: seconds of one AudioContext.
(() => {
  if (window.top !== window || window.__ear) return;
  const VOICED = 0.004; // 10 ms RMS above -48 dBFS, two windows running, is voice
  const GAP_SECONDS = 0.2; // a rise after this much silence is an onset
  const FLOOR = 0.0006; // the silence of a real room, about -69 dBFS
  const ear = (window.__ear = { events: [], onsets: [], lastVoice: -1, clips: {}, tracks: 0 });

  const LISTENER = `class Listener extends AudioWorkletProcessor {
    constructor() { super(); this.sum = 0; this.count = 0; this.start = 0; this.run = 0; this.quiet = 1e9; this.first = 0; }
    process([input]) {
      if (this.count === 0) this.start = currentTime;
      for (const x of input[0] ?? []) this.sum += x * x;
      this.count += 128;
      if (this.count >= 448) {
        const voiced = Math.sqrt(this.sum / this.count) > ${VOICED};
        if (voiced) {
          if (this.run++ === 0) this.first = this.start;
          if (this.run === 2) this.port.postMessage({ at: this.first, onset: this.quiet >= ${GAP_SECONDS} });
          if (this.run > 2) this.port.postMessage({ at: this.start, onset: false });
          if (this.run >= 2) this.quiet = 0;
        } else { this.run = 0; this.quiet += this.count / sampleRate; }
        this.sum = this.count = 0;
      }
      return true;
    }
  }
  registerProcessor("listener", Listener);`;

  let made;
  const ready = () => (made ??= make());
  async function make() {
    const context = (ear.context = new AudioContext({ sampleRate: 48000, latencyHint: "interactive" }));
    await context.resume();
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([LISTENER], { type: "text/javascript" })));
    ear.microphone = context.createMediaStreamDestination();
    const noise = context.createBuffer(1, 96000, 48000);
    noise.getChannelData(0).forEach((_, i, samples) => (samples[i] = (Math.random() * 2 - 1) * FLOOR));
    const room = context.createBufferSource();
    Object.assign(room, { buffer: noise, loop: true });
    room.connect(ear.microphone);
    room.start();
  }

  /** Keep a WAV under a name; where its voice ends, in seconds. */
  ear.load = async (name, base64) => {
    await ready();
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const buffer = await ear.context.decodeAudioData(bytes.buffer);
    const samples = buffer.getChannelData(0);
    const step = Math.round(buffer.sampleRate / 100);
    let end = 0;
    for (let at = 0; at + step <= samples.length; at += step) {
      const rms = Math.sqrt(samples.subarray(at, at + step).reduce((sum, x) => sum + x * x, 0) / step);
      if (rms > VOICED) end = at + step;
    }
    ear.clips[name] = { buffer, voiceEnd: end / buffer.sampleRate };
    return ear.clips[name].voiceEnd;
  };

  /** Speak a loaded clip now: when it starts and when its voice ends, on the one clock. */
  ear.play = (name) => {
    const source = ear.context.createBufferSource();
    source.buffer = ear.clips[name].buffer;
    source.connect(ear.microphone);
    const start = ear.context.currentTime + 0.03;
    source.start(start);
    return { start, end: start + ear.clips[name].voiceEnd, events: ear.events.length };
  };

  /** Where things stand. */
  ear.status = () => ({
    now: ear.context?.currentTime ?? 0,
    lastVoice: ear.lastVoice,
    state: document.querySelector("[data-room-state]")?.dataset.roomState ?? "",
    step: document.querySelector("[data-step]")?.dataset.step ?? "",
    over: ear.events.some((event) => event.type === "ended"),
  });

  async function listen(track) {
    await ready();
    ear.tracks += 1;
    const stream = new MediaStream([track]);
    const player = new Audio(); // Chromium gives WebAudio the sound of a remote track only while it is played
    Object.assign(player, { muted: true, srcObject: stream });
    player.play().catch(() => {});
    (ear.players ??= []).push(player);
    const node = new AudioWorkletNode(ear.context, "listener");
    const silent = ear.context.createGain();
    silent.gain.value = 0;
    ear.context.createMediaStreamSource(stream).connect(node).connect(silent).connect(ear.context.destination);
    node.port.onmessage = ({ data }) => {
      ear.lastVoice = data.at;
      if (data.onset) ear.onsets.push(data.at);
    };
  }

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = function (...given) {
    const peer = new Peer(...given);
    peer.addEventListener("track", ({ track }) => track.kind === "audio" && listen(track));
    return peer;
  };
  window.RTCPeerConnection.prototype = Peer.prototype;
  Object.setPrototypeOf(window.RTCPeerConnection, Peer);

  const Socket = window.WebSocket;
  window.WebSocket = function (address, ...given) {
    const socket = new Socket(address, ...given);
    if (String(address).includes("/api/interview/")) {
      socket.addEventListener("message", ({ data }) =>
        ear.events.push({ ...JSON.parse(data), at: ear.context?.currentTime ?? 0 }),
      );
    }
    return socket;
  };
  window.WebSocket.prototype = Socket.prototype;
  Object.setPrototypeOf(window.WebSocket, Socket);

  if (navigator.mediaDevices) {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      await ready();
      const stream = wanted.video ? await real({ video: wanted.video }) : new MediaStream();
      if (wanted.audio) stream.addTrack(ear.microphone.stream.getAudioTracks()[0].clone());
      return stream;
    };
  }
})();
