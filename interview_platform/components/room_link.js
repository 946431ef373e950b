// The two wires to the server, sound and picture (WebRTC) and events (WebSocket), both kept up.
// A lost peer connection cannot be revived against this server: a new one joins the same interview.

const WAIT_SECONDS = [0.5, 1, 2, 3, 4];
const CONNECT_SECONDS = 15;
const LOST_SECONDS = 2.5; // "disconnected" often heals by itself within this
const PING_SECONDS = 5;
const GATHER_MS = 2000;
const PICTURE_BITS = 600_000; // per second: enough for 640×480, kind to slow uplinks

const after = (seconds, act) => setTimeout(act, seconds * 1000);
const waitAfter = (tries) => WAIT_SECONDS[Math.min(tries, WAIT_SECONDS.length - 1)];

/**
 * tell.event(message)           every event of the server
 * tell.voice(MediaStream)       the interviewer's sound
 * tell.connection(state, text)  connecting | connected | reconnecting | refused. text: the server's words, if it said
 *                               why nobody gets in (refused) or why it takes so long (connecting)
 */
export class RoomLink {
  constructor({ offerUrl, eventsUrl, stream, tell }) {
    Object.assign(this, { offerUrl, stream, tell });
    this.eventsUrl = new URL(eventsUrl, location.href);
    this.eventsUrl.protocol = this.eventsUrl.protocol === "https:" ? "wss:" : "ws:";
    this.unsent = [];
    this.trouble = "";
    this.timers = new Set();
    this.socketTries = this.peerTries = 0;
    this.wasConnected = this.stopped = false;
    this.retryNow = () => this.#again();
  }

  /** Events first, then sound: nothing the server says at the start may be missed. */
  start() {
    window.addEventListener("online", this.retryNow);
    this.tell.connection("connecting", "");
    this.#openSocket();
    this.#later(3, () => this.peer || this.#openPeer());
    this.pinging = setInterval(() => this.#isOpen() && this.socket.send('{"type":"ping"}'), PING_SECONDS * 1000);
  }

  /** Send a command; kept until the socket is open again. */
  send(message) {
    const text = JSON.stringify(message);
    if (this.#isOpen()) this.socket.send(text);
    else this.unsent.push(text);
  }

  stop() {
    this.stopped = true;
    window.removeEventListener("online", this.retryNow);
    clearInterval(this.pinging);
    this.timers.forEach(clearTimeout);
    this.#dropPeer();
    this.socket?.close();
  }

  #later(seconds, act) {
    const timer = after(seconds, () => {
      this.timers.delete(timer);
      if (!this.stopped) act();
    });
    this.timers.add(timer);
  }

  #isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  #again() {
    if (this.stopped) return;
    this.socketTries = this.peerTries = 0;
    if (!this.#isOpen()) this.#openSocket();
    if (this.peer?.connectionState !== "connected") this.#openPeer();
  }

  #report() {
    const up = this.#isOpen() && this.peer?.connectionState === "connected";
    if (up) this.wasConnected = true;
    const state = up ? "connected" : this.wasConnected ? "reconnecting" : "connecting";
    if (!this.stopped) this.tell.connection(state, up ? "" : this.trouble);
  }

  #refuse(text) {
    this.stop();
    this.tell.connection("refused", text);
  }

  // --- events ---

  #openSocket() {
    const socket = new WebSocket(this.eventsUrl);
    const old = this.socket;
    this.socket = socket;
    old?.close();
    socket.onopen = () => {
      this.socketTries = 0;
      this.unsent.splice(0).forEach((text) => socket.send(text));
      if (this.peer) this.#checkSound();
      else this.#openPeer();
      this.#report();
    };
    socket.onmessage = ({ data }) => this.tell.event(JSON.parse(data));
    socket.onclose = ({ code, reason }) => {
      if (socket !== this.socket || this.stopped) return;
      if (code === 1008 || (code >= 4400 && code < 4500)) return this.#refuse(reason);
      this.#report();
      this.#later(waitAfter(this.socketTries++), () => this.#isOpen() || this.#openSocket());
    };
  }

  /** After a restart of the server its end of the sound is gone, and the browser notices only late. */
  async #checkSound() {
    const heard = async () => {
      let packets = 0;
      (await this.peer?.getStats())?.forEach((s) => (packets += s.type === "inbound-rtp" ? s.packetsReceived : 0));
      return packets;
    };
    const { peer } = this;
    const before = await heard();
    this.#later(1.5, async () => {
      if (peer === this.peer && (await heard()) === before) this.#openPeer();
    });
  }

  // --- sound and picture ---

  #dropPeer() {
    const { peer } = this;
    this.peer = null;
    peer?.close();
  }

  async #openPeer() {
    this.#dropPeer();
    const peer = (this.peer = new RTCPeerConnection());
    const stale = () => peer !== this.peer || this.stopped;
    this.stream.getTracks().forEach((track) => peer.addTrack(track, this.stream));
    preferVp8(peer);
    peer.ontrack = ({ track }) => track.kind === "audio" && this.tell.voice(new MediaStream([track]));
    peer.onconnectionstatechange = () => stale() || this.#peerChanged(peer);
    this.#later(CONNECT_SECONDS, () => stale() || peer.connectionState === "connected" || this.#retryPeer(peer));
    try {
      await peer.setLocalDescription(await peer.createOffer());
      await gathered(peer);
      if (stale()) return;
      const answer = await this.#exchange(peer.localDescription);
      if (stale() || !answer) return;
      await peer.setRemoteDescription(answer);
      limitPicture(peer);
    } catch (error) {
      this.trouble = error.words ?? "";
      if (!stale()) this.#retryPeer(peer);
    }
  }

  async #exchange({ sdp, type }) {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(this.offerUrl, { method: "POST", headers, body: JSON.stringify({ sdp, type }) });
    const body = await reply.json().catch(() => ({}));
    if (reply.ok) return body;
    if (reply.status >= 400 && reply.status < 500 && ![408, 429].includes(reply.status)) {
      this.#refuse(body.error || "");
      return null;
    }
    throw Object.assign(new Error(`status ${reply.status}`), { words: body.error ?? "" });
  }

  #peerChanged(peer) {
    this.#report();
    if (peer.connectionState === "connected") {
      this.peerTries = 0;
      this.trouble = "";
    }
    if (peer.connectionState === "failed") this.#retryPeer(peer);
    if (peer.connectionState === "disconnected") {
      this.#later(LOST_SECONDS, () => peer.connectionState === "disconnected" && this.#retryPeer(peer));
    }
  }

  #retryPeer(peer) {
    if (peer !== this.peer) return;
    this.#dropPeer();
    this.#report();
    this.#later(waitAfter(this.peerTries++), () => this.peer || this.#openPeer());
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
    peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && done();
    setTimeout(done, GATHER_MS);
  });
