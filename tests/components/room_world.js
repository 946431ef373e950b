// A browser for room_link.js in virtual time: timers, a WebSocket and a peer connection that do as they are told.

let now = 0;
let timers = [];
let counted = 0;

const schedule = (act, ms, every) => {
  timers.push({ id: ++counted, at: now + ms, act, every });
  return counted;
};
const forget = (id) => (timers = timers.filter((one) => one.id !== id));
const settle = async () => {
  for (let n = 0; n < 30; n += 1) await Promise.resolve();
};

export const world = { sockets: [], peers: [], posts: [], online: true, reply: null, connects: true, listeners: {} };

/** Let so many seconds go by. */
export async function pass(seconds) {
  const end = now + seconds * 1000;
  for (;;) {
    await settle();
    const next = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    now = Math.max(now, next.at);
    if (next.every) next.at += next.every;
    else forget(next.id);
    next.act();
  }
  now = end;
  await settle();
}

class Socket {
  static CONNECTING = 0;
  static OPEN = 1;
  constructor(url) {
    Object.assign(this, { url: String(url), readyState: 0, sent: [] });
    world.sockets.push(this);
    if (world.online) schedule(() => this.readyState === 0 && this.open(), 5);
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  send(text) {
    this.sent.push(JSON.parse(text));
    if (!world.online) return;
    const message = JSON.parse(text);
    if (message.type === "ping") schedule(() => this.hear({ type: "pong" }), 5);
    if (message.type === "enter") schedule(() => this.hear(world.answer(message)), 5);
  }
  hear(event) {
    if (this.readyState === 1 && event) this.onmessage?.({ data: JSON.stringify(event) });
  }
  drop(code = 1006, reason = "") {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  close() {
    this.readyState = 3;
  }
}

world.answer = ({ mode }) => ({ type: "entered", mode, calling: false, ice: { servers: [], policy: "all", seconds: 600 } });

class Peer {
  constructor(config) {
    Object.assign(this, { config, connectionState: "new", iceGatheringState: "complete", heart: null });
    world.peers.push(this);
  }
  addTrack() {}
  getTransceivers() {
    return [];
  }
  getSenders() {
    return [];
  }
  createDataChannel() {
    this.heart = { readyState: "connecting", bufferedAmount: 0, sent: [], send: (word) => this.heart.sent.push(word) };
    return this.heart;
  }
  async createOffer() {
    return { sdp: "offer", type: "offer" };
  }
  async setLocalDescription(description) {
    this.localDescription = description;
  }
  async setRemoteDescription() {
    if (world.connects) schedule(() => this.become("connected"), 50);
  }
  become(state) {
    if (this.connectionState === "closed") return;
    this.connectionState = state;
    if (state === "connected") {
      this.heart.readyState = "open";
      this.heart.onopen?.();
      this.beating = schedule(() => world.online && this.heart.onmessage?.({ data: "beat" }), 1000, 1000);
    }
    this.onconnectionstatechange?.();
  }
  close() {
    this.connectionState = "closed";
    forget(this.beating);
  }
}

Object.assign(globalThis, {
  setTimeout: (act, ms) => schedule(act, ms ?? 0),
  clearTimeout: forget,
  setInterval: (act, ms) => schedule(act, ms, ms),
  clearInterval: forget,
  WebSocket: Socket,
  RTCPeerConnection: Peer,
  RTCRtpReceiver: {},
  MediaStream: class {},
  location: { href: "https://interviews.example/interview/x" },
  fetch: async (url, { body, signal }) => {
    world.posts.push(JSON.parse(body));
    if (!world.online) return new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("timeout"))));
    const { status = 200, said = { sdp: "answer", type: "answer" } } = world.reply ?? {};
    return { ok: status < 400, status, json: async () => said };
  },
});
Object.defineProperty(globalThis, "performance", { value: { now: () => now } });
AbortSignal.timeout = (ms) => {
  const held = new AbortController();
  schedule(() => held.abort(), ms);
  return held.signal;
};
const listening = { addEventListener: (sign, act) => (world.listeners[sign] = act), removeEventListener: () => {} };
globalThis.window = listening;
globalThis.document = listening;
Object.defineProperty(globalThis, "navigator", { value: { connection: listening }, configurable: true });

/** A link and all that it told. */
export function linkOf(RoomLink, given = {}) {
  const told = { states: [], events: [], last: {} };
  const tell = {
    event: (event) => told.events.push(event),
    voice: () => {},
    connection: (state, details) => {
      if (told.states.at(-1) !== state) told.states.push(state);
      told.last = details;
    },
  };
  const stream = { getTracks: () => [] };
  const link = new RoomLink({ offerUrl: "/offer", eventsUrl: "/events", tab: "t1", mode: "call", take: false, stream, tell, ...given });
  return { link, told };
}
