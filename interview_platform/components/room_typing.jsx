// Answers in writing. What is being written survives a reload, and a lost connection.

import { useEffect, useRef, useState } from "react";
import { read, write } from "./room_tab.js";

const DRAFT = "interview-draft";
const LIMIT = 4000; // characters the server takes at once

/**
 * onSay(text, pasted): send; `pasted` counts pasted characters. `heard` rises when the server has taken an answer; until
 * then the text stays in the field. `idle`: the server waits for an answer, so what was sent and not taken may be sent
 * again.
 */
export function Typing({ name, heard, question, idle, failed, disabled, always, onSay }) {
  const [text, setText] = useState(() => draftOf(name));
  const [sending, setSending] = useState(false);
  const pasted = useRef(0);
  const field = useRef(null);
  const done = () => {
    setText("");
    setSending(false);
    pasted.current = 0;
  };
  useEffect(() => field.current.focus(), []);
  useEffect(() => write(DRAFT, text && `${name}\n${text}`), [name, text]);
  useEffect(() => {
    if (sending) done();
  }, [heard, question]);
  useEffect(() => {
    if (!sending) return undefined;
    if (failed) return setSending(false);
    if (!idle) return undefined;
    const timer = setTimeout(() => setSending(false), 3000);
    return () => clearTimeout(timer);
  }, [sending, idle, failed]);
  const say = (event) => {
    event.preventDefault();
    if (!text.trim() || sending || disabled) return;
    setSending(true);
    onSay(text.trim(), pasted.current);
  };
  const few = text.length > LIMIT - 500;
  return (
    <form className="room-typing" onSubmit={say}>
      <label htmlFor="typed">Your answer in writing</label>
      <textarea
        id="typed"
        ref={field}
        rows={always ? 6 : 3}
        value={text}
        maxLength={LIMIT}
        readOnly={sending}
        aria-describedby="typed-help"
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => (pasted.current += event.clipboardData.getData("text").length)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && say(event)}
      />
      <div className="room-typing-foot">
        <span id="typed-help" className={few ? "" : "keys"}>
          {few ? `${LIMIT - text.length} characters left` : "Take the time you need. Ctrl + Enter sends it."}
        </span>
        <button type="submit" className="cand-small strong" id="say" disabled={disabled || sending || !text.trim()}>
          {sending ? "Sending…" : "Send answer"}
        </button>
      </div>
    </form>
  );
}

function draftOf(name) {
  const [whose, ...lines] = read(DRAFT).split("\n");
  return whose === name ? lines.join("\n") : "";
}
