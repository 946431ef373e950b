// The live room: own picture, the interviewer's ring, the question, captions, controls.

import { useEffect, useReducer, useRef, useState } from "react";
import { CircleAlert, CircleX, Hourglass, Info, Keyboard, Repeat, SkipForward, Volume2, WifiOff } from "lucide-react";
import { RoomLink } from "./room_link.js";
import { START, step } from "./room_events.js";
import { Captions, EndDialog, Meter, Notice, Ring, SelfPicture } from "./room_parts.jsx";

const END_SECONDS = 20; // the goodbye is spoken; after this we leave without it

/**
 * `devices` is {stream, camera, typing}; onEnded(text) when it is over, onRefused(text) when the server lets nobody in,
 * onLost() when the connection drops, onBack() when it stands again and the page does not know where it is (`placed`).
 */
export function Live({ offerUrl, eventsUrl, devices, placed, onEnded, onRefused, onLost, onBack }) {
  const [view, dispatch] = useReducer(step, START);
  const [{ connection, trouble }, setConnection] = useState({ connection: "connecting", trouble: "" });
  const [voice, setVoice] = useState(null);
  const [typing, setTyping] = useState(devices.typing);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const link = useRef(null);
  const reason = useRef(""); // the server's last words on why something failed

  useEffect(() => {
    link.current = new RoomLink({
      offerUrl,
      eventsUrl,
      stream: devices.stream,
      tell: {
        event: (event) => {
          if (event.type === "error") reason.current = event.text;
          dispatch(event);
        },
        voice: setVoice,
        connection: (state, text) => {
          setConnection({ connection: state, trouble: text });
          if (state === "refused") onRefused(text || reason.current);
          if (state === "reconnecting") onLost();
        },
      },
    });
    link.current.start();
    return () => link.current.stop();
  }, [offerUrl, eventsUrl, devices.stream]);

  useEffect(() => {
    if (connection === "connected" && !placed) onBack();
  }, [connection, placed]);
  useEffect(() => {
    if (view.ended !== null) onEnded(view.ended);
  }, [view.ended]);
  useEffect(() => {
    if (!leaving) return undefined;
    const timer = setTimeout(() => onEnded(""), END_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [leaving]);
  useEffect(() => {
    // The clatter of keys is no answer.
    devices.stream.getAudioTracks().forEach((track) => (track.enabled = !typing));
  }, [typing, devices.stream]);

  const send = (message, shown) => {
    link.current.send(message);
    if (shown) dispatch({ type: "state", state: shown });
  };
  const end = () => {
    setAsking(false);
    setLeaving(true);
    send({ type: "end" }, "thinking");
  };
  const say = (text) => {
    send({ type: "say", text }, "thinking");
    if (!devices.typing) setTyping(false);
  };
  const state = connection === "connected" ? view.state : connection;
  return (
    <section
      className={`room ${typing ? "typing" : ""}`}
      data-room-state={state}
      data-question={view.question?.number ?? 0}
      data-kind={view.question?.kind ?? ""}
    >
      <Progress question={view.question} running={connection === "connected"} />
      <div className="room-ask">
        <Ring state={state} voice={voice} />
        <h1 id="question" aria-live="polite">
          {view.question?.text ?? (connection === "connecting" ? "Opening the room. This takes a few seconds." : "One moment…")}
        </h1>
      </div>
      <SelfPicture stream={devices.stream} on={!devices.camera}>
        <Hearing stream={devices.stream} typing={typing} />
      </SelfPicture>
      <Voice stream={voice} />
      <Messages connection={connection} trouble={trouble} view={view} leaving={leaving} />
      <Captions captions={view.captions} />
      {typing && <Typing onSay={say} disabled={leaving} />}
      <Controls
        off={leaving || connection !== "connected"}
        paused={view.state === "paused"}
        typing={typing}
        onRepeat={() => send({ type: "repeat" }, "thinking")}
        onMoment={() => send({ type: "moment" }, "paused")}
        onSkip={() => send({ type: "skip" }, "thinking")}
        onType={() => setTyping(!typing)}
        onEnd={() => setAsking(true)}
        leaving={leaving}
      />
      <EndDialog open={asking} onStay={() => setAsking(false)} onEnd={end} />
    </section>
  );
}

function Progress({ question, running }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000);
    return () => clearInterval(timer);
  }, [running]);
  const minutes = Math.floor(seconds / 60);
  return (
    <p className="room-progress">
      <span>{question ? `Question ${question.number} of ${question.total}` : ""}</span>
      <span className="room-time" aria-label={`${minutes} minutes so far`}>
        {minutes}:{String(seconds % 60).padStart(2, "0")}
      </span>
    </p>
  );
}

function Hearing({ stream, typing }) {
  return (
    <div className="room-hearing">{typing ? <span>Microphone off while you type</span> : <Meter stream={stream} label="Level of your microphone" />}</div>
  );
}

/** The interviewer's sound. Browsers may hold it back until a click. */
function Voice({ stream }) {
  const audio = useRef(null);
  const [held, setHeld] = useState(false);
  const play = () =>
    audio.current.play().then(
      () => setHeld(false),
      (error) => setHeld(error.name === "NotAllowedError"),
    );
  useEffect(() => {
    if (!stream) return;
    audio.current.srcObject = stream;
    play();
  }, [stream]);
  return (
    <>
      <audio ref={audio} autoPlay />
      {held && (
        <Notice icon={Volume2} tone="attention" title="Your browser is holding the sound back.">
          <button type="button" className="cand-link" id="hear" onClick={play}>
            Turn the sound on
          </button>
        </Notice>
      )}
    </>
  );
}

function Messages({ connection, trouble, view, leaving }) {
  return (
    <>
      {connection === "connecting" && trouble && (
        <Notice icon={WifiOff} tone="attention" title="The room is not open yet. We keep trying.">
          <p>{trouble}</p>
        </Notice>
      )}
      {connection === "reconnecting" && (
        <Notice icon={WifiOff} tone="attention" title="The connection dropped.">
          <p>We are connecting you again. What you have said is kept; you go on at the same question.</p>
        </Notice>
      )}
      {view.error && (
        <Notice icon={CircleAlert} tone="danger">
          <p>{view.error}</p>
        </Notice>
      )}
      {leaving ? (
        <Notice icon={Info} tone="info">
          <p>Saying goodbye and saving your answers. A few seconds.</p>
        </Notice>
      ) : (
        view.notice && (
          <Notice icon={Info} tone="info">
            <p>{view.notice}</p>
          </Notice>
        )
      )}
    </>
  );
}

function Typing({ onSay, disabled }) {
  const [text, setText] = useState("");
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const say = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    onSay(text.trim());
    setText("");
  };
  return (
    <form className="room-typing" onSubmit={say}>
      <label htmlFor="typed">Your answer in writing</label>
      <textarea
        id="typed"
        ref={field}
        rows={3}
        value={text}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && say(event)}
      />
      <button type="submit" className="cand-small strong" id="say" disabled={disabled || !text.trim()}>
        Send answer
      </button>
    </form>
  );
}

function Controls({ off, paused, typing, leaving, onRepeat, onMoment, onSkip, onType, onEnd }) {
  const button = (id, Icon, label, act, extra) => (
    <button type="button" id={id} onClick={act} disabled={off} {...extra}>
      <Icon size={20} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
  return (
    <div className="room-controls" role="toolbar" aria-label="Interview">
      {button("repeat", Repeat, "Repeat", onRepeat)}
      {button("moment", Hourglass, "Take a moment", onMoment, { "aria-pressed": paused })}
      {button("skip", SkipForward, "Skip", onSkip)}
      {button("type", Keyboard, typing ? "Speak instead" : "Type instead", onType, { "aria-pressed": typing })}
      {button("end", CircleX, "End", onEnd, { className: "end", disabled: leaving })}
    </div>
  );
}
