// A field that turns what is typed into chips: Enter, a comma, or leaving the field hands the words over.
import { useState } from "react";

export function ChipEntry({ entryId, placeholder, onAdd }) {
  const [text, setText] = useState("");
  const add = () => {
    if (text.trim()) onAdd?.(text);
    setText("");
  };
  const pressed = (event) => {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    add();
  };
  return (
    <input
      id={entryId}
      className="input"
      value={text}
      placeholder={placeholder}
      autoComplete="off"
      aria-describedby={`${entryId}-hint`}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={pressed}
      onBlur={add}
    />
  );
}
