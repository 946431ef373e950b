// The way to the server, kept up: events (WebSocket) always, sound and picture (Call) unless the interview is written.
// Both beat like a heart; a dead one is noticed within seconds and replaced, for as long as the page is open.

import { Call } from "./room_call.js";

const WAIT_SECONDS = [0.2, 0.5, 1, 1.5, 2]; // between tries: the last for ever, so that the network's return is noticed
const LOBBY_SECONDS = 3;
const PING_SECONDS = 1.5;
const SILENT_SECONDS = 5; // a socket that says nothing for this long is dead
const SOCKET_SECONDS = 3; // and one that does not open
const BLOCKED_TRIES = 2; // calls that never came, before we say that this network may not allow them

const DOUBT_SECONDS = 2.5; // an answer to "are you there" comes within this, on a bad line too
const SIGNS = ["online", "pageshow"];

const waitAfter = (tries) => WAIT_SECONDS[Math.min(tries, WAIT_SECONDS.length - 1)];

/**
 * tell.event(message)              every event of the room
 * tell.voice(MediaStream)          the interviewer's sound
 * tell.connection(state, details)  connecting | connected | reconnecting | lobby | elsewhere | taken | refused.
 *                                  details: {trouble: the server's words, blocked: calls do not get through,
 *                                  wire: events do, place: in line}
 */
export class RoomLink {
  constructor({ offerUrl, eventsUrl, tab, mode, take, stream, tell }) {
    Object.assign(this, { offerUrl, tab, mode, take, stream, tell });
    this.eventsUrl = new URL(eventsUrl, location.href);
    this.eventsUrl.protocol = this.eventsUrl.protocol === "https:" ? "wss:" : "ws:";
    this.eventsUrl.searchParams.set("tab", tab);
    this.timers = new Set();
    this.unsent = [];
    this.trouble = "";
    this.socketTries = this.callTries = this.neverCame = this.place = 0;
    this.entered = this.wasConnected = this.stopped = false;
    this.doubt = () => this.#doubt();
  }

  start() {
    SIGNS.forEach((sign) => window.addEventListener(sign, this.doubt));
    document.addEventListener("visibilitychange", this.doubt);
    navigator.connection?.addEventListener?.("change", this.doubt);
    this.#report();
    this.#openSocket();
    this.pinging = setInterval(() => this.#ping(), PING_SECONDS * 1000);
  }

  /** Send a command; kept until the room is open again. */
  send(message) {
    this.unsent.push(JSON.stringify(message));
    if (this.#isUp()) this.#flush();
  }

  /** From a call to writing or back, in the same room. */
  change(mode, stream) {
    this.#dropCall();
    Object.assign(this, { mode, stream, callTries: 0, neverCame: 0, trouble: "" });
    this.entered = this.wasConnected = false;
    this.#report();
    if (this.#isOpen()) this.#enter();
    else this.retry();
  }

  /** Now, whatever the plan was. */
  retry() {
    if (this.stopped) return;
    this.socketTries = this.callTries = 0;
    if (!this.#isOpen()) this.#openSocket();
    else if (!this.entered) this.#enter();
    else if (this.mode === "call" && !this.call?.isUp) this.#openCall();
  }

  stop() {
    this.stopped = true;
    SIGNS.forEach((sign) => window.removeEventListener(sign, this.doubt));
    document.removeEventListener("visibilitychange", this.doubt);
    navigator.connection?.removeEventListener?.("change", this.doubt);
    clearInterval(this.pinging);
    this.timers.forEach(clearTimeout);
    this.#dropCall();
    this.socket?.close();
  }

  #later(seconds, act) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) act();
    }, seconds * 1000);
    this.timers.add(timer);
  }

  #isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  #isUp() {
    return this.#isOpen() && this.entered && (this.mode === "text" || Boolean(this.call?.isUp));
  }

  #flush() {
    this.unsent.splice(0).forEach((text) => this.socket.send(text));
  }

  #report() {
    const up = this.#isUp();
    if (up) {
      this.wasConnected = true;
      this.#flush();
    }
    const state = up ? "connected" : this.wasConnected ? "reconnecting" : this.place ? "lobby" : "connecting";
    this.#tell(state);
  }

  #tell(state) {
    const blocked = this.neverCame >= BLOCKED_TRIES;
    const details = { trouble: this.trouble, blocked, wire: this.#isOpen(), place: this.place };
    if (!this.stopped || state === "refused") this.tell.connection(state, details);
  }

  #leaveFor(state, text = "") {
    this.trouble = text;
    this.#tell(state);
    this.stop();
  }

  /** The network has changed, or the laptop was opened: do not wait for the heart to be missed. */
  #doubt() {
    const asked = performance.now();
    this.call?.doubt();
    this.#ping();
    this.#later(DOUBT_SECONDS, () => this.heardAt < asked && this.#openSocket());
    if (!this.#isOpen() || (this.mode === "call" && !this.call)) this.retry();
  }

  // --- events ---

  #ping() {
    if (!this.#isOpen()) return;
    if (performance.now() - this.heardAt > SILENT_SECONDS * 1000) this.#openSocket();
    else this.socket.send('{"type":"ping"}');
  }

  #openSocket() {
    const old = this.socket;
    const socket = (this.socket = new WebSocket(this.eventsUrl));
    if (old) {
      old.onclose = old.onmessage = old.onopen = null;
      old.close();
    }
    this.#noWire();
    this.heardAt = performance.now();
    socket.onopen = () => {
      this.socketTries = 0;
      this.heardAt = performance.now();
      this.#enter();
    };
    socket.onmessage = ({ data }) => {
      this.heardAt = performance.now();
      this.#heard(JSON.parse(data));
    };
    socket.onclose = ({ code, reason }) => socket === this.socket && this.#socketLost(code, reason);
    this.#later(SOCKET_SECONDS, () => {
      if (socket === this.socket && socket.readyState === WebSocket.CONNECTING) this.#openSocket();
    });
  }

  /** Without the wire nothing can be agreed: a call that is being made waits for the next one. */
  #noWire() {
    this.entered = false;
    if (this.call && !this.call.isUp) this.#dropCall();
  }

  #socketLost(code, reason) {
    this.#noWire();
    if (this.stopped) return;
    if (code === 1008 || (code >= 4400 && code < 4500)) return this.#leaveFor("refused", reason || this.lastError);
    this.#report();
    this.#later(waitAfter(this.socketTries++), () => this.#isOpen() || this.#openSocket());
  }

  #enter() {
    this.socket.send(JSON.stringify({ type: "enter", mode: this.mode, take: Boolean(this.take) }));
  }

  #heard(event) {
    switch (event.type) {
      case "pong":
        return;
      case "entered":
        return this.#letIn(event);
      case "lobby":
        this.place = event.place;
        this.entered = false;
        return this.#report();
      case "elsewhere":
      case "taken":
        return this.#leaveFor(event.type);
      case "error":
        this.lastError = event.text;
    }
    this.tell.event(event);
  }

  #letIn({ ice, calling }) {
    Object.assign(this, { ice, iceUntil: performance.now() + ice.seconds * 900, entered: true, take: false, place: 0 });
    this.tell.event({ type: "entered", mode: this.mode });
    if (this.mode === "call") {
      if (this.call && calling) this.call.doubt();
      else this.#openCall(); // or its other end is gone: the server was started anew, or gave it up
    }
    this.#report();
  }

  // --- sound and picture ---

  #dropCall() {
    this.call?.close();
    this.call = null;
  }

  #openCall() {
    this.#dropCall();
    if (!this.entered) return;
    if (performance.now() > this.iceUntil) return this.#enter(); // for fresh credentials
    const call = (this.call = new Call({
      stream: this.stream,
      ice: this.ice,
      exchange: (offer, signal) => this.#exchange(offer, signal),
      told: {
        voice: this.tell.voice,
        up: () => {
          Object.assign(this, { callTries: 0, neverCame: 0, trouble: "" });
          this.#report();
        },
        down: (reason) => call === this.call && this.#callLost(reason),
      },
    }));
  }

  #callLost({ text = "", status = 0 }) {
    const cameThrough = this.call.isUp;
    this.call = null;
    this.trouble = text;
    if (status === 409) return this.#leaveFor("elsewhere");
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return this.#leaveFor("refused", text);
    if (!cameThrough && !status && this.#isOpen()) this.neverCame += 1;
    this.#report();
    const wait = status === 503 ? LOBBY_SECONDS : waitAfter(this.callTries++);
    this.#later(wait, () => {
      if (this.call || this.mode !== "call") return;
      if (status === 503 && this.#isOpen()) this.#enter(); // the rooms may be full: take a place in line
      else this.#openCall();
    });
  }

  async #exchange(offer, signal) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ ...offer, tab: this.tab });
    const reply = await fetch(this.offerUrl, { method: "POST", headers, body, signal });
    const said = await reply.json().catch(() => ({}));
    if (reply.ok) return said;
    throw Object.assign(new Error(`status ${reply.status}`), { words: said.error ?? "", status: reply.status });
  }
}
