// One call: peer connection, its offer, its heartbeat. A lost one is never revived; link makes a new one.

const BEAT_SECONDS = 1;
const DEAD_SECONDS = 4; // nothing heard for this long: the line is dead, whatever the browser says
const DOUBT_SECONDS = 2.5;
const CONNECT_SECONDS = 6;
const LOST_SECONDS = 2; // "disconnected" often heals by itself within this
const OFFER_SECONDS = 12; // a server that has just been started needs some; a lost wire ends it sooner
const GATHER_MS = 1500;
const PICTURE_BITS = 600_000; // per second: enough for 640×480, kind to slow uplinks

/** Whether this browser can call at all: some companies switch it off. */
export const callsAllowed = () => typeof RTCPeerConnection === "function";

/**
 * told.up()            media can flow
 * told.down(reason)    once: lost or never came. reason: {text, status}, from the server if it said something
 * told.voice(stream)   the interviewer's sound
 */
export class Call {
  constructor({ stream, ice, exchange, told }) {
    Object.assign(this, { exchange, told });
    this.timers = new Set();
    this.isUp = this.over = false;
    this.heardAt = performance.now();
    const { servers = [], policy = "all" } = ice ?? {};
    this.peer = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: policy });
    stream.getTracks().forEach((track) => this.peer.addTrack(track, stream));
    preferVp8(this.peer);
    this.#listen();
    this.#open();
  }

  /** Nothing more is told after this. */
  close() {
    this.over = true;
    this.timers.forEach(clearTimeout);
    clearInterval(this.beating);
    this.peer.close();
  }

  /** Ask the line now whether it is alive (the network has changed, the laptop was opened). */
  doubt() {
    const asked = performance.now();
    this.#say("beat?");
    this.#later(DOUBT_SECONDS, () => this.heardAt < asked && this.#down());
  }

  #later(seconds, act) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.over) act();
    }, seconds * 1000);
    this.timers.add(timer);
  }

  #down(reason = {}) {
    if (this.over) return;
    this.close();
    this.told.down(reason);
  }

  #say(word) {
    if (this.heart.readyState === "open" && this.heart.bufferedAmount === 0) this.heart.send(word);
  }

  #listen() {
    this.peer.ontrack = ({ track }) => track.kind === "audio" && this.told.voice(new MediaStream([track]));
    this.peer.onconnectionstatechange = () => this.over || this.#changed(this.peer.connectionState);
    this.heart = this.peer.createDataChannel("heart", { ordered: false, maxRetransmits: 0 });
    this.heart.onmessage = () => (this.heardAt = performance.now());
    this.heart.onopen = () => {
      this.heardAt = performance.now();
      this.beating = setInterval(() => {
        this.#say("beat");
        if (performance.now() - this.heardAt > DEAD_SECONDS * 1000) this.#down();
      }, BEAT_SECONDS * 1000);
    };
  }

  #changed(state) {
    if (state === "connected" && !this.isUp) {
      this.isUp = true;
      this.told.up();
    }
    if (state === "failed" || state === "closed") this.#down();
    if (state === "disconnected") {
      this.#later(LOST_SECONDS, () => this.peer.connectionState === "disconnected" && this.#down());
    }
  }

  async #open() {
    try {
      await this.peer.setLocalDescription(await this.peer.createOffer());
      await gathered(this.peer);
      if (this.over) return;
      const { sdp, type } = this.peer.localDescription;
      const answer = await this.exchange({ sdp, type }, AbortSignal.timeout(OFFER_SECONDS * 1000));
      if (this.over) return;
      await this.peer.setRemoteDescription(answer);
      this.#later(CONNECT_SECONDS, () => this.isUp || this.#down());
      limitPicture(this.peer);
    } catch (error) {
      this.#down({ text: error.words ?? "", status: error.status ?? 0 });
    }
  }
}

/** The server writes the recording without encoding anew, from VP8. */
function preferVp8(peer) {
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs ?? [];
  const isVp8 = (codec) => codec.mimeType.toLowerCase() === "video/vp8";
  for (const transceiver of peer.getTransceivers()) {
    if (transceiver.sender.track?.kind !== "video" || !transceiver.setCodecPreferences || !codecs.some(isVp8)) continue;
    transceiver.setCodecPreferences([...codecs.filter(isVp8), ...codecs.filter((codec) => !isVp8(codec))]);
  }
}

function limitPicture(peer) {
  const sender = peer.getSenders().find(({ track }) => track?.kind === "video");
  const wanted = sender?.getParameters();
  if (!wanted?.encodings?.length) return;
  wanted.encodings[0].maxBitrate = PICTURE_BITS;
  sender.setParameters(wanted).catch(() => {});
}

/** All addresses are found, or enough time has gone: the server takes no later ones. */
const gathered = (peer) =>
  new Promise((done) => {
    if (peer.iceGatheringState === "complete") return done();
    peer.addEventListener("icegatheringstatechange", () => peer.iceGatheringState === "complete" && done());
    setTimeout(done, GATHER_MS);
  });
