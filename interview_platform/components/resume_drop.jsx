// A place to drop or choose files. They go up in groups small enough for one request; the next group goes when the
// server has taken the one before (`taken` counts the groups it took).
import { useEffect, useRef, useState } from "react";

const GROUP_FILES = 10;
const PATIENCE_MS = 300_000;

/** [name, why] of files that need not be sent, and the others. */
function sorted(files, endings, limitBytes) {
  const refused = [];
  const good = [];
  for (const file of files) {
    const known = endings.some((ending) => file.name.toLowerCase().endsWith(ending));
    if (!known) refused.push([file.name, "kind"]);
    else if (file.size > limitBytes) refused.push([file.name, "size"]);
    else good.push(file);
  }
  return { refused, good };
}

/** Files in order, in groups of at most GROUP_FILES that together stay within `limitBytes`. */
function groups(files, limitBytes) {
  const made = [];
  let bytes = 0;
  for (const file of files) {
    const last = made[made.length - 1];
    if (!last || last.length >= GROUP_FILES || bytes + file.size > limitBytes) {
      made.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return made;
}

export function ResumeDrop({ dropId, endings, limitBytes, taken, title, hint, icon, onFiles, onRefused }) {
  const [over, setOver] = useState(false);
  const waiting = useRef([]);
  const sending = useRef(null);
  const timer = useRef(0);
  const input = useRef(null);

  const next = () => {
    clearTimeout(timer.current);
    sending.current = waiting.current.shift() || null;
    if (!sending.current) return;
    timer.current = setTimeout(() => {
      onRefused?.(sending.current.map((file) => [file.name, "lost"]));
      next();
    }, PATIENCE_MS);
    onFiles?.(sending.current, `${dropId}-${Date.now()}`);
  };

  useEffect(() => {
    if (sending.current) next();
  }, [taken]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const take = (list) => {
    const { refused, good } = sorted(Array.from(list || []), endings, limitBytes);
    if (refused.length) onRefused?.(refused);
    waiting.current.push(...groups(good, limitBytes));
    if (!sending.current) next();
  };
  const hover = (event, on) => {
    event.preventDefault();
    setOver(on);
  };

  return (
    <div
      id={dropId}
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false);
        take(event.dataTransfer.files);
      }}
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
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {icon}
        {title}
      </button>
      <span>{hint}</span>
    </div>
  );
}
