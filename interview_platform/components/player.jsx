// The recording beside its transcript. The transcript follows the playhead; a click on a time plays from there.
// Any SeekButton on the page moves the same player, without asking the server.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

const SEEK = "player-seek";

/** Seconds as m:ss, or h:mm:ss. */
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${parts.join(":")}` : parts.join(":");
}

/** Index of the last turn that has begun at `seconds`; -1 before the first. */
function turnAt(turns, seconds) {
  let found = -1;
  turns.forEach((turn, index) => {
    if (turn.start <= seconds + 0.05) found = index;
  });
  return found;
}

/** An address of the transcript's WebVTT, for the captions and for the file; "" without one. */
function useVtt(text) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!text) return undefined;
    const made = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
    setAddress(made);
    return () => {
      setAddress("");
      URL.revokeObjectURL(made);
    };
  }, [text]);
  return address;
}

function Chapters({ chapters, now, play }) {
  const current = turnAt(chapters, now);
  return chapters.map((chapter, index) => (
    <button
      key={chapter.id}
      type="button"
      className="chapter"
      title={chapter.text}
      aria-current={index === current}
      onClick={() => play(chapter.start)}
    >
      {chapter.label} · {clock(chapter.start)}
    </button>
  ));
}

function Turn({ turn, current, play, onFlag }) {
  const classes = ["turn", turn.speaker, current ? "now" : "", turn.flags ? "flagged" : ""].join(" ");
  return (
    <li className={classes} data-turn={turn.id} aria-current={current}>
      <button type="button" className="turn-time" aria-label={`Play from ${clock(turn.start)}`} onClick={() => play(turn.start)}>
        {clock(turn.shown ?? turn.start)}
      </button>
      <div>
        <span className="turn-who">
          {turn.who}
          {turn.kind ? ` · ${turn.kind}` : ""}
        </span>
        <p className="turn-text">{turn.text}</p>
        {turn.because ? <span className="turn-why">Asked because: {turn.because}</span> : null}
        {turn.flags ? <p className="turn-flags">⚑ {turn.flags}</p> : null}
      </div>
      <button type="button" className="turn-flag" aria-label="Flag this part" title="Flag this part" onClick={() => onFlag?.(turn.id)}>
        <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
          <path d="M4 15s1-1 4-1 5 2 8 2 4-1 4-1V3s-1 1-4 1-5-2-8-2-4 1-4 1zM4 22v-7" />
        </svg>
      </button>
    </li>
  );
}

export function ReviewPlayer({ src, missing, turns, chapters, captions, onFlag, onPlayed }) {
  const video = useRef(null);
  const list = useRef(null);
  const [now, setNow] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);
  const [captioned, setCaptioned] = useState(false);
  const vtt = useVtt(captions);
  const current = useMemo(() => turnAt(turns || [], now), [turns, now]);

  const play = useCallback((seconds) => {
    setNow(seconds);
    const element = video.current;
    if (!element) return;
    element.currentTime = seconds;
    element.play?.().catch(() => {});
  }, []);

  useEffect(() => {
    const asked = (event) => {
      play(event.detail);
      if (video.current && window.innerWidth < 1100) video.current.scrollIntoView({ block: "center" });
    };
    window.addEventListener(SEEK, asked);
    return () => window.removeEventListener(SEEK, asked);
  }, [play]);

  useEffect(() => {
    const item = list.current?.children[current];
    if (item) list.current.scrollTop = item.offsetTop - list.current.clientHeight / 3;
  }, [current]);

  const changeSpeed = () => {
    const next = { 1: 1.25, 1.25: 1.5, 1.5: 2, 2: 1 }[speed] || 1;
    setSpeed(next);
    if (video.current) video.current.playbackRate = next;
  };

  // the browser's own captions button changes the track as well: what is shown follows the track
  useEffect(() => {
    const tracks = video.current?.textTracks;
    if (!tracks) return undefined;
    const follow = () => setCaptioned(tracks[0]?.mode === "showing");
    tracks.addEventListener("change", follow);
    return () => tracks.removeEventListener("change", follow);
  }, [src, failed]);

  const changeCaptions = () => {
    const track = video.current?.textTracks[0];
    if (track) track.mode = captioned ? "hidden" : "showing";
  };

  const playable = Boolean(src) && !failed;
  return (
    <div className="player">
      {playable ? (
        <video
          ref={video}
          src={src}
          controls
          preload="metadata"
          aria-label="Recording of the interview"
          onPlay={() => onPlayed?.()}
          onTimeUpdate={() => setNow(video.current.currentTime)}
          onError={() => setFailed(true)}
        >
          {vtt ? <track key={vtt} kind="captions" label="English" srcLang="en" src={vtt} /> : null}
        </video>
      ) : (
        <div className="player-missing" role="status">
          {failed ? "The recording did not load. Reload the page to get a fresh link; the transcript is below." : missing}
        </div>
      )}
      <div className="player-bar">
        {playable ? (
          <button type="button" className="chapter" onClick={changeSpeed} aria-label={`Speed ${speed} times`}>
            {speed}×
          </button>
        ) : null}
        {playable && vtt ? (
          <button type="button" className="chapter" onClick={changeCaptions} aria-pressed={captioned}>
            Captions
          </button>
        ) : null}
        <Chapters chapters={chapters || []} now={now} play={play} />
        {vtt ? (
          <a className="chapter player-file" href={vtt} download="transcript.vtt" title="The transcript as captions (WebVTT)">
            Transcript .vtt
          </a>
        ) : null}
      </div>
      <ol className="transcript" ref={list} aria-label="Transcript" tabIndex={0} style={{ position: "relative" }}>
        {(turns || []).map((turn, index) => (
          <Turn key={turn.id} turn={turn} current={index === current} play={play} onFlag={onFlag} />
        ))}
      </ol>
    </div>
  );
}

/** Words that play the recording from `at` seconds; plain words when there is no time to jump to. */
export function SeekButton({ at, text }) {
  if (at === null || at === undefined || at < 0) return <span>“{text}”</span>;
  return (
    <button type="button" className="seek" onClick={() => window.dispatchEvent(new CustomEvent(SEEK, { detail: at }))}>
      “{text}”<small>▸ {clock(at)}</small>
    </button>
  );
}
