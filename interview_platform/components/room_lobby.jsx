// The lobby: every room is taken, the candidate has a place in line and comes in by herself when one is free.

import { useEffect } from "react";
import { WifiOff } from "lucide-react";
import { Notice, SelfPicture } from "./room_parts.jsx";

const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };
const RULES = new Intl.PluralRules("en", { type: "ordinal" });

/** 1st, 2nd, 3rd, 4th … */
export const ordinal = (n) => `${n}${ENDINGS[RULES.select(n)]}`;

export function Lobby({ place, wire, devices, onWriting, onProblem }) {
  useEffect(() => {
    onProblem("lobby");
  }, []);
  return (
    <section className="cand-screen room-lobby" data-room-state="lobby" data-place={place}>
      <h1 className="cand-title">All rooms are taken right now</h1>
      <p className="room-place" role="status">
        <strong>{place === 1 ? "You are next" : `You are ${ordinal(place)} in line`}</strong>
        <span>The room opens by itself as soon as one is free. Please keep this page open.</span>
      </p>
      {!wire && (
        <Notice icon={WifiOff} tone="attention" title="The connection dropped.">
          <p>We are trying again. Your place in line is kept for a short while.</p>
        </Notice>
      )}
      <SelfPicture stream={devices.stream} on={!devices.camera} />
      <p className="room-hint">
        How long it takes depends on the others, so we do not guess. You can also come back later: your link stays valid.
        Waiting never counts against you.
      </p>
      <button type="button" className="cand-quiet" id="writing" onClick={onWriting}>
        Start now, in writing
      </button>
    </section>
  );
}
