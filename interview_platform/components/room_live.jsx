// The live room: own picture, the interviewer's ring, the question, captions, controls. Spoken or written.

import { useEffect, useReducer, useRef, useState } from "react";
import { CircleX, Hourglass, Keyboard, Mic, Repeat, SkipForward, Volume2 } from "lucide-react";
import { RoomLink } from "./room_link.js";
import { START, step } from "./room_events.js";
import { Lobby } from "./room_lobby.jsx";
import { Messages } from "./room_messages.jsx";
import { Captions, EndDialog, Meter, Notice, Ring, SelfPicture } from "./room_parts.jsx";
import { Typing } from "./room_typing.jsx";

const END_SECONDS = 20; // the goodbye is spoken; after this we leave without it
const NOT_YET = { state: "connecting", trouble: "", blocked: false, wire: true, place: 0 };

/**
 * `devices` is {stream, camera}; `mode` is call or text, changed by onWay(call | text); `mute` says why speaking did not
 * work. onEnded(text) when it is over, onRefused(text) when the server lets nobody in, onElsewhere(elsewhere | taken) when
 * another tab holds it, onProblem(kind) for the log, onBack() when it stands again and the page does not know where it is
 * (`placed`).
 */
export function Live(props) {
  const { offerUrl, eventsUrl, tab, take, mode, devices, mute, placed, onWay, onEnded, onBack, onProblem } = props;
  const [view, dispatch] = useReducer(step, START);
  const [link, setLink] = useState(NOT_YET); // how the connection is
  const [voice, setVoice] = useState(null);
  const [typing, setTyping] = useState(false);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const wire = useRef(null);
  const told = useRef({}); // what the page wants to know, always the newest
  told.current = props;

  useEffect(() => {
    const connection = (state, details) => {
      setLink({ state, ...details });
      if (state === "refused") told.current.onRefused(details.trouble);
      if (state === "elsewhere" || state === "taken") told.current.onElsewhere(state);
      if (state === "reconnecting") told.current.onProblem("connection");
    };
    const tell = { event: dispatch, voice: setVoice, connection };
    wire.current = new RoomLink({ offerUrl, eventsUrl, tab, take, mode, stream: devices.stream, tell });
    wire.current.start();
    return () => wire.current.stop();
  }, [offerUrl, eventsUrl]);
  useEffect(() => {
    window.scrollTo(0, 0); // the check before it may have been longer than the screen
  }, []);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else wire.current.change(mode, devices.stream);
    if (mode === "text") setVoice(null);
    setTyping(false);
  }, [mode, devices.stream]);

  useEffect(() => {
    if (link.state === "connected" && !placed) onBack();
  }, [link.state, placed]);
  useEffect(() => {
    if (link.blocked) onProblem("network");
  }, [link.blocked]);
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
    wire.current.send(message);
    if (shown) dispatch({ type: "state", state: shown });
  };
  const end = () => {
    setAsking(false);
    setLeaving(true);
    send({ type: "end" }, "thinking");
  };
  if (link.state === "lobby") {
    return <Lobby {...link} devices={devices} onWriting={() => onWay("text")} onProblem={onProblem} />;
  }
  const written = mode === "text";
  const state = link.state === "connected" ? view.state : link.state;
  return (
    <section
      className={`room ${typing ? "typing" : ""} ${written ? "written" : ""}`}
      data-room-state={state}
      data-mode={mode}
      data-question={view.question?.number ?? 0}
      data-kind={view.question?.kind ?? ""}
    >
      <Progress question={view.question} running={link.state === "connected"} />
      <div className="room-ask">
        <Ring state={state} voice={voice} written={written} />
        <h1 id="question" aria-live="polite">
          {view.question?.text ?? (link.state === "connecting" ? "Opening the room. This takes a few seconds." : "One moment…")}
        </h1>
      </div>
      {!written && (
        <SelfPicture stream={devices.stream} on={!devices.camera}>
          <Hearing stream={devices.stream} typing={typing} />
        </SelfPicture>
      )}
      <Voice stream={voice} />
      <Messages
        link={link}
        mode={mode}
        view={view}
        mute={mute}
        leaving={leaving}
        onRetry={() => wire.current.retry()}
        onWriting={() => onWay("text")}
      />
      <Captions captions={view.captions} />
      {(typing || written) && (
        <Typing
          name={offerUrl}
          heard={view.heard}
          question={view.question?.text}
          idle={state === "listening"}
          failed={Boolean(view.error)}
          disabled={leaving}
          always={written}
          onSay={(text, pasted) => send({ type: "say", text, pasted }, "thinking")}
        />
      )}
      <Controls
        off={leaving || link.state !== "connected"}
        paused={view.state === "paused"}
        written={written}
        typing={typing}
        onRepeat={() => send({ type: "repeat" }, "thinking")}
        onMoment={() => send({ type: "moment" }, "paused")}
        onSkip={() => send({ type: "skip" }, "thinking")}
        onType={() => setTyping(!typing)}
        onSpeak={() => onWay("call")}
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

function Controls({ off, paused, written, typing, leaving, onRepeat, onMoment, onSkip, onType, onSpeak, onEnd }) {
  const button = (id, Icon, label, act, extra) => (
    <button type="button" id={id} onClick={act} disabled={off} {...extra}>
      <Icon size={20} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
  return (
    <div className={`room-controls ${written ? "four" : ""}`} role="toolbar" aria-label="Interview">
      {button("repeat", Repeat, "Repeat", onRepeat)}
      {!written && button("moment", Hourglass, "Take a moment", onMoment, { "aria-pressed": paused })}
      {button("skip", SkipForward, "Skip", onSkip)}
      {written
        ? button("speak", Mic, "Speak instead", onSpeak)
        : button("type", typing ? Mic : Keyboard, typing ? "Speak instead" : "Type instead", onType, { "aria-pressed": typing })}
      {button("end", CircleX, "End", onEnd, { className: "end", disabled: leaving })}
    </div>
  );
}
