// Where an advert comes in: a field to paste into, a button that reads it, and files by choice or by drop.
import { useRef, useState } from "react";

export function PostEntry({ entryId, endings, limitBytes, busy, focused, placeholder, fileIcon, readIcon, onRead, onFiles, onRefused }) {
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const input = useRef(null);

  const take = (list) => {
    const file = Array.from(list || [])[0];
    if (!file) return;
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) onRefused?.("kind");
    else if (limitBytes && file.size > limitBytes) onRefused?.("size");
    else onFiles?.([file], `${entryId}-${Date.now()}`);
  };
  const hover = (event, on) => {
    if (!Array.from(event.dataTransfer?.types || []).includes("Files")) return;
    event.preventDefault();
    setOver(on);
  };
  const read = () => {
    if (text.trim() && !busy) onRead?.(text);
  };

  return (
    <div
      className={over ? "post-entry over" : "post-entry"}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        if (!event.dataTransfer.files.length) return; // dropped text goes where it was dropped
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <textarea
        id={entryId}
        className="input"
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-describedby={`${entryId}-hint`}
        disabled={busy}
        autoFocus={focused}
        rows={5}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read();
        }}
      />
      <input
        ref={input}
        type="file"
        accept={endings.join(",")}
        className="hidden-text"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <div className="post-entry-foot">
        <button type="button" className="btn primary" id="read-advert" disabled={busy || !text.trim()} onClick={read}>
          {readIcon}
          {busy ? "Reading…" : "Read the advert"}
        </button>
        <button type="button" className="btn" disabled={busy} onClick={() => input.current?.click()}>
          {fileIcon}
          Choose a file
        </button>
        <span className="note">or drop it here: PDF, Word, OpenDocument, RTF, text</span>
      </div>
    </div>
  );
}
