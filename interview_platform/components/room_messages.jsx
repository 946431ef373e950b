// What the room has to say besides the interview: how the connection is, what failed, what is being done about it.

import { useEffect, useState } from "react";
import { CircleAlert, Info, WifiOff } from "lucide-react";
import { Reason, WritingOffer } from "./room_blocked.jsx";
import { Notice } from "./room_parts.jsx";

const OFFER_SECONDS = 8; // of reconnecting, before writing is offered

/** `link` is {state, trouble, blocked, wire}; `mute` says why speaking did not work in a written interview. */
export function Messages({ link, mode, view, mute, leaving, onRetry, onWriting }) {
  return (
    <>
      {link.blocked && mode === "call" && link.state !== "connected" ? (
        <Reason reason="network" tone="attention">
          <WritingOffer />
          <Ways onRetry={onRetry} onWriting={onWriting} />
        </Reason>
      ) : (
        <Line link={link} mode={mode} onRetry={onRetry} onWriting={onWriting} />
      )}
      {mute && <Reason reason={mute} tone="attention" />}
      {view.error && link.state === "connected" && (
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

/** The connection, while there is something to say about it. */
function Line({ link, mode, onRetry, onWriting }) {
  const long = useLong(link.state === "reconnecting", OFFER_SECONDS);
  if (link.state === "connecting" && link.trouble) {
    return (
      <Notice icon={WifiOff} tone="attention" title="The room is not open yet. We keep trying.">
        <p>{link.trouble}</p>
      </Notice>
    );
  }
  if (link.state !== "reconnecting") return null;
  return (
    <Notice icon={WifiOff} tone="attention" title="Reconnecting… your answers are safe.">
      <p>
        {link.wire || !long
          ? "We are connecting you again. You go on at the same question; only what you were just saying may be lost."
          : "There is no connection right now. We try every two seconds: as soon as the network is back, you go on at " +
            "the same question."}
      </p>
      <Ways onRetry={onRetry} onWriting={mode === "call" && long && link.wire ? onWriting : null} />
    </Notice>
  );
}

function Ways({ onRetry, onWriting }) {
  return (
    <div className="room-ways">
      <button type="button" className="cand-small" id="retry" onClick={onRetry}>
        Try now
      </button>
      {onWriting && (
        <button type="button" className="cand-small" id="writing" onClick={onWriting}>
          Go on in writing
        </button>
      )}
    </div>
  );
}

/** Whether something has been so for some seconds. */
function useLong(so, seconds) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!so) return undefined;
    const timer = setTimeout(() => setLong(true), seconds * 1000);
    return () => clearTimeout(timer);
  }, [so, seconds]);
  return long;
}
