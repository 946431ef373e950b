// The small pieces of the check and the room.

import { useEffect, useRef } from "react";
import { followLevel } from "./room_devices.js";

/** A person's own picture, mirrored as people know themselves. */
export function SelfPicture({ stream, on, children }) {
  const video = useRef(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = on ? stream : null;
  }, [stream, on]);
  return (
    <div className={`room-picture ${on ? "" : "off"}`}>
      {on ? (
        <video ref={video} autoPlay muted playsInline aria-label="Your own picture" />
      ) : (
        <p>Your camera is off. That is fine.</p>
      )}
      {children}
    </div>
  );
}

/** Writes the sound level of a stream into the CSS variable --level of the element; no rendering per frame. */
export function useLevel(stream, tell) {
  const element = useRef(null);
  useEffect(
    () =>
      followLevel(stream, (level) => {
        element.current?.style.setProperty("--level", level.toFixed(3));
        tell?.(level);
      }),
    [stream, tell],
  );
  return element;
}

/** How loud the microphone hears. */
export function Meter({ stream, tell, label }) {
  const bar = useLevel(stream, tell);
  return (
    <div className="room-meter" ref={bar} role="img" aria-label={label}>
      <i />
    </div>
  );
}

const WRITTEN = { listening: "Your turn", speaking: "Your turn" };
const STATES = {
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  speaking: "Speaking",
  listening: "Listening",
  thinking: "Thinking…",
  paused: "Waiting",
  ended: "Finished",
};

/** The interviewer's presence: breathes while it listens, moves with its voice, turns while it thinks. */
export function Ring({ state, voice, written }) {
  const ring = useLevel(voice);
  return (
    <div className="room-agent">
      <div className={`room-ring ${state}`} ref={ring} aria-hidden="true">
        <i className="outer" />
        <i className="inner" />
      </div>
      <span className="room-state" role="status" data-state={state}>
        {(written && WRITTEN[state]) || STATES[state] || ""}
      </span>
    </div>
  );
}

/** What both have said, the newest in view. Partial words are shown but not read out. */
export function Captions({ captions }) {
  const box = useRef(null);
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [captions]);
  return (
    <div className="room-captions" ref={box} role="log" aria-live="polite" aria-label="Captions" tabIndex={0}>
      {captions.length === 0 && <p className="room-captions-empty">What is said appears here.</p>}
      {captions.map(({ key, speaker, text, final, source }) => (
        <p
          key={key}
          className={`caption ${speaker} ${final ? "final" : "partial"}`}
          data-speaker={speaker}
          aria-hidden={final ? undefined : true}
        >
          <b>{speaker === "agent" ? "Interviewer" : "You"}</b> {text}
          {source && <small> Source: {source}</small>}
        </p>
      ))}
    </div>
  );
}

/** Something to know, with an icon; `tone` is info, attention or danger. */
export function Notice({ icon: Icon, tone, title, children }) {
  return (
    <div className={`room-notice ${tone}`} role={tone === "danger" ? "alert" : "status"}>
      <Icon size={20} aria-hidden="true" />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

/** Ask before the interview is ended. The browser's own dialog keeps focus inside and closes on Escape. */
export function EndDialog({ open, onStay, onEnd }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="room-dialog" onClose={onStay} aria-labelledby="end-title">
      <h2 id="end-title">End the interview?</h2>
      <p>What you have said is kept and will be read. You cannot go on after this.</p>
      <div className="cand-actions">
        <button type="button" className="cand-quiet" id="end-yes" onClick={onEnd}>
          End the interview
        </button>
        <button type="button" className="cand-primary" id="end-no" onClick={onStay} autoFocus>
          Keep going
        </button>
      </div>
    </dialog>
  );
}
