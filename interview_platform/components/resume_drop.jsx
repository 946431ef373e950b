// A place to drop or choose files and folders. They go up in groups small enough for one request; the next group goes
// when the server has taken the one before (`taken` counts the groups it took). When nothing moves any more, it says
// so, keeps the files that did not arrive, and offers to send them again.
import { useEffect, useRef, useState } from "react";
import { refs } from "$/utils/state";
import { filesIn, groups, sorted } from "./resume_files.js";

const LOOK_MS = 1_000;
const STILL_MS = 30_000; // without any progress of a request under way
const ANSWER_MS = 8_000; // between the end of a request and the server's word that it took the group

const request = (uploadId) => refs[`__upload_controllers_${uploadId}`];
const files = (number) => `${number} ${number === 1 ? "file" : "files"}`;

/** Groups under way, watched; `send(group, id)` starts a request, `moved` changes whenever one gets on. */
function useSending(dropId, limitBytes, taken, moved, send) {
  const waiting = useRef([]);
  const sending = useRef(null); // {group, id, since}
  const seen = useRef(taken);
  const [lost, setLost] = useState([]);
  const [going, setGoing] = useState({ done: 0, total: 0 });

  const next = () => {
    const group = waiting.current.shift();
    sending.current = group ? { group, id: `${dropId}-${Date.now()}`, since: Date.now() } : null;
    if (group) send(group, sending.current.id);
    else setGoing({ done: 0, total: 0 });
  };
  const add = (list) => {
    waiting.current.push(...groups(list, limitBytes));
    if (list.length) setGoing((held) => ({ ...held, total: held.total + list.length }));
    if (!sending.current) next();
  };
  const giveUp = () => {
    const { group, id } = sending.current;
    const rest = [...group, ...waiting.current.flat()];
    waiting.current = [];
    sending.current = null;
    request(id)?.abort();
    setLost((held) => [...held, ...rest]);
    setGoing({ done: 0, total: 0 });
  };

  useEffect(() => {
    // an answer may be told twice, and late: only a number that was not there before is news
    if (sending.current && taken <= seen.current) return;
    seen.current = taken;
    if (!sending.current) return;
    const count = sending.current.group.length;
    setGoing((held) => ({ ...held, done: held.done + count }));
    next();
  }, [taken]);
  useEffect(() => {
    if (sending.current) sending.current.since = Date.now();
  }, [moved]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!sending.current) return;
      const still = Date.now() - sending.current.since;
      if (still > (request(sending.current.id) ? STILL_MS : ANSWER_MS)) giveUp();
    }, LOOK_MS);
    const warn = (event) => {
      if (sending.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      clearInterval(timer);
      window.removeEventListener("beforeunload", warn);
    };
  }, []);

  const again = () => {
    setLost([]);
    add(lost);
  };
  return { add, going, lost, again, leave: () => setLost([]) };
}

function Lost({ lost, onAgain, onLeave }) {
  return (
    <div className="notice danger drop-lost" role="alert">
      <div className="notice-words">
        <b>{files(lost.length)} did not arrive.</b> The connection to the server was lost. What arrived is kept.
      </div>
      <button type="button" className="btn small" onClick={onAgain}>
        Send again
      </button>
      <button type="button" className="btn small quiet" onClick={onLeave}>
        Leave them
      </button>
    </div>
  );
}

export function ResumeDrop(props) {
  const { dropId, endings, limitBytes, taken, moved, title, hint, icon, folders, onFiles, onRefused } = props;
  const [over, setOver] = useState(false);
  const [looking, setLooking] = useState(false);
  const input = useRef(null);
  const { add, going, lost, again, leave } = useSending(dropId, limitBytes, taken, moved, (group, id) =>
    onFiles?.(group, id),
  );

  const take = (list, unreadable = []) => {
    const { refused, good } = sorted(list, endings, limitBytes);
    const told = [...unreadable, ...refused];
    if (told.length) onRefused?.(told);
    add(good);
  };
  const drop = async (event) => {
    hover(event, false);
    // the entries must be asked for before anything is waited for: afterwards the browser has forgotten them
    const entries = Array.from(event.dataTransfer.items || [], (item) => item.webkitGetAsEntry?.());
    const plain = Array.from(event.dataTransfer.files);
    if (!entries.some((entry) => entry?.isDirectory)) return take(plain);
    const unreadable = [];
    setLooking(true);
    const found = await filesIn(entries, unreadable);
    setLooking(false);
    take(found, unreadable);
  };
  const hover = (event, on) => {
    event.preventDefault();
    setOver(on);
  };
  const choose = (folder) => {
    input.current.webkitdirectory = folder;
    input.current.click();
  };

  return (
    <div
      id={dropId}
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        multiple
        accept={endings.join(",")}
        className="hidden-text"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(Array.from(event.target.files));
          event.target.value = "";
        }}
      />
      <button type="button" className="btn" onClick={() => choose(false)}>
        {icon}
        {title}
      </button>
      {folders && (
        <button type="button" className="btn quiet" onClick={() => choose(true)}>
          A whole folder
        </button>
      )}
      <span role="status">
        {looking
          ? "Looking through the folder"
          : going.total
            ? `Sending: ${going.done} of ${files(going.total)} arrived. Keep this page open until all have.`
            : hint}
      </span>
      {lost.length > 0 && <Lost lost={lost} onAgain={again} onLeave={leave} />}
    </div>
  );
}
