// One component for the check and the live room, so that the devices stay open from the one to the other.

import { useEffect, useRef, useState } from "react";
import { MonitorSmartphone } from "lucide-react";
import { Check } from "./room_check.jsx";
import { devicesAllowed, openDevices, silentTrack, stopAll } from "./room_devices.js";
import { Live } from "./room_live.jsx";
import { Notice } from "./room_parts.jsx";

/**
 * Always on the page; shows itself while `active`, and in the middle of a talk whatever the page's state has become.
 * mode: check | room. Without open devices the check is shown in either mode: a page that was loaded anew in the
 * middle of an interview needs a click before it may use camera, microphone and speakers.
 */
export function Room({ offerUrl, eventsUrl, mode, active, withCamera, returning, onReady, onEnded, onProblem }) {
  const [devices, setDevices] = useState(null);
  const [opening, setOpening] = useState(false);
  const [started, setStarted] = useState(false); // the person has pressed start
  const [entered, setEntered] = useState(false); // and the server has let her in
  const [elsewhere, setElsewhere] = useState(false);
  const [refusal, setRefusal] = useState("");
  const wanted = useRef({ withCamera });
  const wires = useRef(null); // where the started interview is held: outlives a restart that empties the props
  const held = useRef(null);
  const over = useRef(false);

  const hold = (next) => {
    if (held.current !== next?.stream) stopAll(held.current);
    held.current = next?.stream ?? null;
    setDevices(next);
  };
  const leave = () => {
    hold(null);
    setStarted(false);
    setEntered(false);
  };
  useEffect(() => {
    if (started && mode === "room") setEntered(true);
  }, [started, mode]);
  useEffect(() => () => stopAll(held.current), []);
  useEffect(() => {
    if (!devicesAllowed()) onProblem?.("insecure");
  }, []);
  const takeOver = useOneTab(eventsUrl, () => {
    leave();
    setElsewhere(true);
    onProblem?.("elsewhere");
  });

  const open = async (choice) => {
    setOpening(true);
    wanted.current = { ...wanted.current, ...choice };
    stopAll(held.current); // some systems lend a camera once only
    const next = await openDevices(wanted.current);
    hold(next);
    setOpening(false);
    if (next.microphone) onProblem?.("microphone");
    else if (next.camera && next.camera !== "off") onProblem?.("camera");
  };
  const start = () => {
    takeOver();
    over.current = false;
    wires.current = { offerUrl, eventsUrl };
    setRefusal("");
    setStarted(true);
    onReady?.();
  };
  const startTyping = () => {
    const stream = new MediaStream([silentTrack(), ...(held.current?.getVideoTracks() ?? [])]);
    held.current = null; // its camera lives on in the new stream
    hold({ ...devices, stream, typing: true });
    start();
  };
  const finish = (text) => {
    if (over.current) return;
    over.current = true;
    leave();
    onEnded?.(text);
  };

  if (entered && devices) {
    return (
      <Live
        {...wires.current}
        devices={devices}
        onEnded={finish}
        onLost={() => onProblem?.("connection")}
        placed={mode === "room"}
        onBack={() => onReady?.()}
        onRefused={(text) => {
          leave();
          setRefusal(text);
          onProblem?.("refused");
        }}
      />
    );
  }
  if (!active) return null;
  if (elsewhere) return <Elsewhere onBack={() => setElsewhere(false)} />;
  return (
    <Check
      devices={devices}
      opening={opening}
      withCamera={withCamera}
      returning={returning || mode === "room"}
      refusal={refusal}
      onOpen={open}
      onStart={start}
      onTyping={startTyping}
    />
  );
}

/** The newest tab that starts holds the interview; an older one lets go instead of fighting for it. */
function useOneTab(name, onTaken) {
  const channel = useRef(null);
  useEffect(() => {
    if (!name) return undefined;
    const opened = new BroadcastChannel(`interview ${name}`);
    opened.onmessage = onTaken;
    channel.current = opened;
    return () => opened.close();
  }, [name]);
  return () => channel.current?.postMessage("here");
}

function Elsewhere({ onBack }) {
  return (
    <section className="cand-screen" data-room-state="elsewhere">
      <h1 className="cand-title">The interview goes on in another tab</h1>
      <Notice icon={MonitorSmartphone} tone="info">
        <p>You opened it a second time. Close this tab, or go on here: the other one will then let go.</p>
      </Notice>
      <button type="button" className="cand-primary" id="continue-here" onClick={onBack}>
        Continue here
      </button>
    </section>
  );
}
