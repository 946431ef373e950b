// Camera and microphone check: ask, see yourself, be heard, hear us; then one button to start.

import { useCallback, useEffect, useRef, useState } from "react";
import { CameraOff, CircleAlert, CircleCheck, Mic, Volume2 } from "lucide-react";
import { REASONS, Reason, WritingOffer } from "./room_blocked.jsx";
import { listDevices, playTestSound } from "./room_devices.js";
import { Meter, Notice, SelfPicture } from "./room_parts.jsx";

const HEARD_LEVEL = 0.35;
const HEARD_FRAMES = 15; // about a quarter of a second of voice

const CAMERA = {
  blocked: `${REASONS.blocked.text} You can also go on without a camera.`,
  missing: "No camera was found. You can go on without one.",
  busy: "Another program is using it. Close that program and try again, or go on without a camera.",
  other: "It did not start. Try again, or go on without a camera.",
};

/** `devices` is {stream, microphone, camera} or null before permission; see openDevices. */
export function Check({ devices, opening, withCamera, returning, refusal, onOpen, onStart, onWriting }) {
  return (
    <section className="cand-screen room-check" data-room-state={devices ? "checking" : "asking"}>
      <h1 className="cand-title">{returning ? "Welcome back" : "Camera and microphone"}</h1>
      <p className="cand-lead">
        {returning
          ? "Your answers so far are kept. A short check, then you go on at the same question."
          : "A short check, so that you can be seen and heard. Nothing is recorded yet."}
      </p>
      {refusal && (
        <Notice icon={CircleAlert} tone="danger" title="The room did not open.">
          <p>{refusal}</p>
        </Notice>
      )}
      {!devices ? (
        <Ask opening={opening} withCamera={withCamera} returning={returning} onOpen={onOpen} onWriting={onWriting} />
      ) : devices.microphone ? (
        <NoMicrophone reason={devices.microphone} opening={opening} onOpen={onOpen} onWriting={onWriting} />
      ) : (
        <Ready devices={devices} returning={returning} opening={opening} onOpen={onOpen} onStart={onStart} />
      )}
    </section>
  );
}

function Ask({ opening, withCamera, returning, onOpen, onWriting }) {
  return (
    <>
      <p className="room-hint">Your browser will ask for permission. Please choose “Allow”.</p>
      <button type="button" className="cand-primary" id="devices-on" disabled={opening} onClick={() => onOpen({ withCamera })}>
        {opening ? "Waiting for your permission…" : withCamera ? "Turn on camera and microphone" : "Turn on microphone"}
      </button>
      {withCamera && (
        <button type="button" className="cand-quiet" id="microphone-only" disabled={opening} onClick={() => onOpen({ withCamera: false })}>
          Continue without a camera
        </button>
      )}
      <button type="button" className="cand-link" id="writing" onClick={onWriting}>
        {returning ? "Continue in writing instead" : "Interview in writing instead"}
      </button>
    </>
  );
}

function NoMicrophone({ reason, opening, onOpen, onWriting }) {
  return (
    <>
      <Reason reason={reason} />
      <button type="button" className="cand-primary" id="try-again" disabled={opening} onClick={() => onOpen({})}>
        Try again
      </button>
      <WritingOffer />
      <button type="button" className="cand-quiet" id="writing" onClick={onWriting}>
        Continue in writing
      </button>
    </>
  );
}

function Ready({ devices, returning, opening, onOpen, onStart }) {
  const [heard, setHeard] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const loud = useRef(0);
  const listen = useCallback((level) => {
    loud.current += level > HEARD_LEVEL ? 1 : 0;
    if (loud.current === HEARD_FRAMES) setHeard(true);
  }, []);
  useEffect(() => {
    loud.current = 0;
    setHeard(false);
  }, [devices.stream]);
  const start = () => {
    setLeaving(true);
    onStart();
  };
  return (
    <>
      <SelfPicture stream={devices.stream} on={!devices.camera} />
      {devices.camera && devices.camera !== "off" && (
        <Notice icon={CameraOff} tone="attention" title="We cannot use your camera.">
          <p>{CAMERA[devices.camera]}</p>
          <button type="button" className="cand-link" id="try-again" disabled={opening} onClick={() => onOpen({ withCamera: true })}>
            Try again
          </button>
        </Notice>
      )}
      <Choices devices={devices} onOpen={onOpen} />
      <div className="room-test" data-heard={heard ? "yes" : "no"}>
        <Mic size={20} aria-hidden="true" />
        <Meter stream={devices.stream} tell={listen} label="Level of your microphone" />
        <span role="status">
          {heard ? (
            <>
              <CircleCheck size={18} className="good" aria-hidden="true" /> We can hear you
            </>
          ) : (
            "Say something, for example your name"
          )}
        </span>
      </div>
      <SpeakerTest />
      <button type="button" className="cand-primary" id="start" disabled={!heard || leaving} onClick={start}>
        {leaving ? "Opening the room…" : returning ? "Continue the interview" : "Start the interview"}
      </button>
      {!heard && (
        <button type="button" className="cand-quiet" id="start-anyway" disabled={leaving} onClick={start}>
          The bar does not move: start anyway
        </button>
      )}
    </>
  );
}

function Choices({ devices, onOpen }) {
  const [all, setAll] = useState({ microphones: [], cameras: [] });
  useEffect(() => {
    const list = () => listDevices().then(setAll);
    list();
    navigator.mediaDevices.addEventListener("devicechange", list);
    return () => navigator.mediaDevices.removeEventListener("devicechange", list);
  }, [devices.stream]);
  const usedBy = (kind) => devices.stream.getTracks().find((t) => t.kind === kind)?.getSettings().deviceId ?? "";
  return (
    <div className="room-choices">
      <Choice label="Microphone" options={all.microphones} used={usedBy("audio")} onPick={(microphoneId) => onOpen({ microphoneId })} />
      {!devices.camera && (
        <Choice label="Camera" options={all.cameras} used={usedBy("video")} onPick={(cameraId) => onOpen({ cameraId })} />
      )}
    </div>
  );
}

function Choice({ label, options, used, onPick }) {
  if (options.length < 2) return null;
  return (
    <label>
      <span>{label}</span>
      <select value={used} onChange={(event) => onPick(event.target.value)}>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function SpeakerTest() {
  const [played, setPlayed] = useState("no");
  const play = async () => {
    setPlayed("now");
    await playTestSound();
    setPlayed("yes");
  };
  return (
    <div className="room-test">
      <Volume2 size={20} aria-hidden="true" />
      <button type="button" className="cand-small" id="play-sound" disabled={played === "now"} onClick={play}>
        {played === "now" ? "Playing…" : "Play a sound"}
      </button>
      <span role="status">
        {played === "yes" ? "Two notes? Good. If not, turn up the sound and play again." : "You should hear two notes"}
      </span>
    </div>
  );
}
