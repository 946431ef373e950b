// How the room is set for this person: more time, pause, captions, size of the words. None of it is scored.

import { useEffect, useRef, useState } from "react";
import { ALargeSmall, Captions as CaptionsIcon, Clock3, Info, Pause, Play } from "lucide-react";
import { SHOWN_SECONDS, watch } from "./room_hints.js";
import { read, write } from "./room_tab.js";

const SIZES = ["normal", "large", "larger"];
const KEY = "interview-looks"; // of this tab: captions and size outlive a reload

/** {captions, size, setCaptions, nextSize}: how this tab shows the room. */
export function useLooks() {
  const [looks, setLooks] = useState(() => {
    const [captions, size] = read(KEY).split(" ");
    return { captions: captions !== "off", size: SIZES.includes(size) ? size : SIZES[0] };
  });
  const change = (next) => {
    setLooks(next);
    write(KEY, `${next.captions ? "on" : "off"} ${next.size}`);
  };
  return {
    ...looks,
    toggleCaptions: () => change({ ...looks, captions: !looks.captions }),
    nextSize: () => change({ ...looks, size: SIZES[(SIZES.indexOf(looks.size) + 1) % SIZES.length] }),
  };
}

/** The row under the captions. `slow`: more time is given. Writing needs neither that nor a pause: nothing waits there. */
export function Options({ looks, slow, paused, written, off, onSlow, onPause }) {
  const said = slow
    ? "More time is on: the interviewer waits longer before it takes an answer as finished."
    : "";
  return (
    <div className="room-options">
      <div className="room-options-row" role="group" aria-label="How the room is set for you">
        {!written && (
          <Option id="more-time" icon={Clock3} label="More time" pressed={slow} off={off} onClick={onSlow}
            title="The interviewer waits longer before it takes an answer as finished. It never counts against you." />
        )}
        {!written && (
          <Option id="pause" icon={paused ? Play : Pause} label={paused ? "Go on" : "Pause"} pressed={paused} off={off}
            onClick={onPause} title="Microphone and camera off, for as long as you need." />
        )}
        <Option id="captions" icon={CaptionsIcon} label="Captions" pressed={looks.captions} onClick={looks.toggleCaptions} />
        <Option id="text-size" icon={ALargeSmall} label={`Text: ${looks.size}`} onClick={looks.nextSize}
          title="Change the size of the words" />
      </div>
      <p className="room-options-said" role="status">{said}</p>
    </div>
  );
}

function Option({ id, icon: Icon, label, pressed, off, onClick, title }) {
  return (
    <button type="button" id={id} aria-pressed={pressed} disabled={off} onClick={onClick} title={title}>
      <Icon size={18} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}

/** What stands over everything else while the person has paused. */
export function Paused({ onResume }) {
  const button = useRef(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="room-paused" role="status">
      <h2>Paused</h2>
      <p>Your microphone and camera are off. Take the time you need; the question stays the same. Pausing never counts against you.</p>
      <button type="button" className="cand-primary" id="resume" ref={button} onClick={onResume}>
        Go on
      </button>
    </div>
  );
}

/** One calm line about light or sound, from this browser or (`sent`) from the server; it goes away by itself. */
export function HintLine({ stream, listening, sent }) {
  const [hint, setHint] = useState(null);
  const now = useRef(listening);
  now.current = listening;
  useEffect(() => watch(stream, () => now.current, setHint), [stream]);
  useEffect(() => {
    if (!sent) return undefined;
    setHint(sent);
    const timer = setTimeout(() => setHint(null), SHOWN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [sent]);
  return (
    <p className={`room-tip ${hint ? "" : "none"}`} role="status" data-hint={hint?.kind ?? ""}>
      {hint && (
        <>
          <Info size={18} aria-hidden="true" />
          <span>
            {hint.text} <small>Only you see this.</small>
          </span>
        </>
      )}
    </p>
  );
}
