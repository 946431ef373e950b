// The live room: own picture, the interviewer's ring, the question, captions, controls. Spoken or written.

import { useEffect, useReducer, useRef, useState } from "react";
import { CircleX, Hourglass, Keyboard, Mic, Repeat, SkipForward, Volume2 } from "lucide-react";
import { watchAway } from "./room_away.js";
import { RoomLink } from "./room_link.js";
import { START, step } from "./room_events.js";
import { Lobby } from "./room_lobby.jsx";
import { Messages } from "./room_messages.jsx";
import { HintLine, Options, Paused, useLooks } from "./room_options.jsx";
import { Captions, EndDialog, Meter, Notice, Ring, SelfPicture } from "./room_parts.jsx";
import { Typing } from "./room_typing.jsx";

const END_SECONDS = 20; // the goodbye is spoken; after this we leave without it
const NOT_YET = { state: "connecting", trouble: "", blocked: false, wire: true, place: 0 };

/**
 * `devices` is {stream, camera}; `mode` is call or text, changed by onWay(call | text); `mute` says why speaking did not
 * work. onEnded(text) when it is over, onRefused(text) when the server lets nobody in, onElsewhere(elsewhere | taken) when
 * another tab holds it, onProblem(kind) for the log, onBack() when it stands again and the page does not know where it is
 * (`placed`). `slow`: the person is given more time (null: never chosen), changed by onSlow(on); `began` is a ref: when
 * the talk began, on performance.now()'s clock, 0 before.
 */
export function Live(props) {
  const { offerUrl, eventsUrl, tab, take, mode, devices, mute, placed, slow, began } = props;
  const { onWay, onEnded, onBack, onProblem, onSlow } = props;
  const [view, dispatch] = useReducer(step, START);
  const [link, setLink] = useState(NOT_YET); // how the connection is
  const [voice, setVoice] = useState(null);
  const [typing, setTyping] = useState(false);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [away, setAway] = useState(false); // paused: microphone and camera are off
  const looks = useLooks();
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
  useEffect(() => watchAway((seconds) => wire.current.send({ type: "away", seconds })), []);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else wire.current.change(mode, devices.stream);
    if (mode === "text") setVoice(null);
    setTyping(false);
    setAway(false);
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
    // The clatter of keys is no answer, and who has paused is neither heard nor seen.
    devices.stream.getAudioTracks().forEach((track) => (track.enabled = !typing && !away));
    devices.stream.getVideoTracks().forEach((track) => (track.enabled = !away));
  }, [typing, away, devices.stream]);
  const paced = useRef(null); // what the server was told on this connection; a new one is told again
  const echoes = useRef(0); // of what it was told; what it says besides was asked for in words
  useEffect(() => {
    if (link.state !== "connected" || mode !== "call") {
      paced.current = null;
      echoes.current = 0;
    } else if (slow !== null && paced.current !== slow) {
      paced.current = slow;
      echoes.current += 1;
      wire.current.send({ type: "pace", pace: slow ? "unhurried" : "usual" });
    }
  }, [link.state, mode, slow]);
  useEffect(() => {
    if (!view.pace) return;
    if (echoes.current > 0) echoes.current -= 1;
    else if (view.pace.slow !== Boolean(slow)) {
      paced.current = view.pace.slow;
      onSlow(view.pace.slow);
    }
  }, [view.pace?.told]);

  const send = (message, shown) => {
    wire.current.send(message);
    if (shown) dispatch({ type: "state", state: shown });
  };
  const pause = () => {
    setAway(!away);
    setTyping(false);
    if (away) dispatch({ type: "state", state: "listening" });
    else send({ type: "moment" }, "paused");
  };
  const end = () => {
    setAsking(false);
    setAway(false);
    setLeaving(true);
    send({ type: "end" }, "thinking");
  };
  if (link.state === "lobby") {
    return <Lobby {...link} devices={devices} onWriting={() => onWay("text")} onProblem={onProblem} />;
  }
  const written = mode === "text";
  const state = link.state !== "connected" ? link.state : away && view.state !== "ended" ? "paused" : view.state;
  return (
    <section
      className={`room ${typing ? "typing" : ""} ${written ? "written" : ""} text-${looks.size}`}
      data-room-state={state}
      data-mode={mode}
      data-question={view.question?.number ?? 0}
      data-kind={view.question?.kind ?? ""}
    >
      <Progress question={view.question} running={link.state === "connected"} began={began} />
      <div className="room-ask">
        <Ring state={state} voice={voice} written={written} />
        <h1 id="question" aria-live="polite">
          {view.question?.text ?? (link.state === "connecting" ? "Opening the room. This takes a few seconds." : "One moment…")}
        </h1>
      </div>
      {away ? (
        <Paused onResume={pause} />
      ) : (
        !written && (
          <SelfPicture stream={devices.stream} on={!devices.camera}>
            <Hearing stream={devices.stream} typing={typing} />
          </SelfPicture>
        )
      )}
      <HintLine stream={devices.stream} listening={state === "listening"} sent={view.hint} />
      <Voice stream={voice} muted={away} />
      <Messages
        link={link}
        mode={mode}
        view={view}
        mute={mute}
        leaving={leaving}
        onRetry={() => wire.current.retry()}
        onWriting={() => onWay("text")}
      />
      {(looks.captions || written) && <Captions captions={view.captions} />}
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
      <Options
        looks={looks}
        slow={Boolean(slow)}
        paused={away}
        written={written}
        off={leaving}
        onSlow={() => onSlow(!slow)}
        onPause={pause}
      />
      <Controls
        off={leaving || away || link.state !== "connected"}
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

/** The question's number and the time since the interview began, a reload or a change of tab included. */
function Progress({ question, running, began }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    began.current ||= performance.now();
    const look = () => setSeconds(Math.floor((performance.now() - began.current) / 1000));
    look();
    const timer = setInterval(look, 1000);
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

/** The interviewer's sound. Browsers may hold it back until a click; who has paused is not spoken to. */
function Voice({ stream, muted }) {
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
      <audio ref={audio} autoPlay muted={muted} />
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
