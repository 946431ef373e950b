// One component for the check and the live room, so that the devices stay open from the one to the other.

import { useEffect, useRef, useState } from "react";
import { Blocked, Elsewhere } from "./room_blocked.jsx";
import { Check } from "./room_check.jsx";
import { callsAllowed } from "./room_call.js";
import { devicesAllowed, devicesGranted, nothingOpen, openDevices, stopAll } from "./room_devices.js";
import { Live } from "./room_live.jsx";
import { read, tabName, write } from "./room_tab.js";

const IN_ROOM = "interview-room"; // how this tab was in the room, for a reload
const PACE = "interview-pace";

/**
 * Always on the page; shows itself while `active`, and in the middle of a talk whatever the page's state has become.
 * mode: check | room. A tab that was loaded anew in the middle goes back in by itself where the browser lends the
 * devices without asking; else the check is shown, as a click is needed. `elapsed`: seconds of the interview that were
 * held before this page was loaded; `moreTime`: the person has asked for more time.
 */
export function Room(props) {
  const { offerUrl, eventsUrl, mode, active, withCamera, returning, elapsed, moreTime } = props;
  const { onReady, onEnded, onProblem, onMoreTime } = props;
  const [devices, setDevices] = useState(null);
  const [way, setWay] = useState("call"); // call | text
  const [opening, setOpening] = useState(false);
  const [started, setStarted] = useState(false); // the person has pressed start
  const [entered, setEntered] = useState(false); // and the server has let her in
  const [elsewhere, setElsewhere] = useState(""); // elsewhere: it is open in another tab · taken: it was taken there
  const [refusal, setRefusal] = useState("");
  const [mute, setMute] = useState(""); // why speaking did not work, in a written interview
  const wanted = useRef({ withCamera });
  const wires = useRef(null); // where the started interview is held: outlives a restart that empties the props
  const held = useRef(null);
  const take = useRef(false); // the person has said that it should go on here
  const over = useRef(false);
  const began = useRef(0);
  const [slow, setSlow] = useState(null); // more time: yes, no, or never chosen
  const blocked = !devicesAllowed() ? "insecure" : !callsAllowed() ? "nocalls" : "";

  const hold = (next) => {
    if (held.current !== next?.stream) stopAll(held.current);
    held.current = next?.stream ?? null;
    setDevices(next);
  };
  const leave = () => {
    hold(null);
    setStarted(false);
    setEntered(false);
    write(IN_ROOM, "");
  };
  useEffect(() => {
    if (started && mode === "room") setEntered(true);
  }, [started, mode]);
  useEffect(() => () => stopAll(held.current), []);
  useEffect(() => {
    if (elapsed > 0) began.current = performance.now() - elapsed * 1000;
  }, [elapsed]);
  useEffect(() => {
    const chosen = read(PACE); // of this tab: outlives a restart of the server
    if (offerUrl) setSlow(chosen.endsWith(` ${offerUrl}`) ? chosen.startsWith("slow") : moreTime || null);
  }, [moreTime, offerUrl]);
  useEffect(() => {
    if (active && blocked) onProblem?.(blocked);
  }, [active]);

  const open = async (choice) => {
    setOpening(true);
    wanted.current = { ...wanted.current, ...choice };
    stopAll(held.current); // some systems lend a camera once only
    const next = await openDevices(wanted.current);
    hold(next);
    setOpening(false);
    if (next.microphone) onProblem?.("microphone");
    else if (next.camera && next.camera !== "off") onProblem?.("camera");
    return next;
  };
  const start = (how = "call") => {
    over.current = false;
    wires.current = { offerUrl, eventsUrl, tab: tabName() };
    write(IN_ROOM, `${how} ${offerUrl}`);
    setWay(how);
    setRefusal("");
    setElsewhere("");
    setStarted(true);
    onReady?.();
  };
  const startWriting = () => {
    hold(nothingOpen());
    onProblem?.("writing");
    start("text");
  };
  useEffect(() => {
    if (!active || started || !offerUrl) return;
    const how = ["call", "text"].find((one) => read(IN_ROOM) === `${one} ${offerUrl}`);
    if (how === "text") startWriting();
    if (how === "call" && !blocked) {
      devicesGranted(withCamera).then((granted) => granted && open({ withCamera }).then((d) => d.microphone || start()));
    }
  }, [active, offerUrl]);

  const changeWay = async (how) => {
    setMute("");
    if (how === "text") hold(nothingOpen());
    else {
      if (blocked) return setMute(blocked);
      const next = await openDevices(wanted.current);
      if (next.microphone) {
        stopAll(next.stream);
        return setMute(next.microphone);
      }
      hold(next);
    }
    write(IN_ROOM, `${how} ${offerUrl}`);
    setWay(how);
  };
  const finish = (text) => {
    if (over.current) return;
    over.current = true;
    leave();
    onEnded?.(text);
  };

  if (elsewhere && active) {
    const back = () => {
      take.current = true;
      if (elsewhere === "elsewhere" && devices) start(way);
      else setElsewhere("");
    };
    return <Elsewhere taken={elsewhere === "taken"} onBack={back} />;
  }
  if (entered && devices) {
    return (
      <Live
        {...wires.current}
        take={take.current}
        mode={way}
        devices={devices}
        mute={mute}
        placed={mode === "room"}
        slow={slow}
        began={began}
        onSlow={(on) => {
          setSlow(on);
          write(PACE, `${on ? "slow" : "usual"} ${wires.current.offerUrl}`);
          onMoreTime?.(on);
        }}
        onWay={changeWay}
        onEnded={finish}
        onProblem={(kind) => onProblem?.(kind)}
        onBack={() => onReady?.()}
        onElsewhere={(kind) => {
          take.current = false;
          if (kind === "taken") leave();
          else setEntered(false), setStarted(false);
          setElsewhere(kind);
          onProblem?.("elsewhere");
        }}
        onRefused={(text) => {
          leave();
          setRefusal(text);
          onProblem?.("refused");
        }}
      />
    );
  }
  if (!active) return null;
  if (blocked) return <Blocked reason={blocked} returning={returning} refusal={refusal} onWriting={startWriting} />;
  return (
    <Check
      devices={devices}
      opening={opening}
      withCamera={withCamera}
      returning={returning || mode === "room"}
      refusal={refusal}
      onOpen={open}
      onStart={() => start()}
      onWriting={startWriting}
    />
  );
}
