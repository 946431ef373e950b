// Keys that work anywhere on a recruiter's page. Only the keys named here ever reach the server.
import { useEffect, useRef } from "react";

/** Ctrl-K or Cmd-K: onPalette. Escape, when no dialog is open and no field is being typed in: onClear. */
export function Hotkeys({ onPalette, onClear }) {
  const handlers = useRef({});
  handlers.current = { onPalette, onClear };
  useEffect(() => {
    const pressed = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        handlers.current.onPalette?.();
      } else if (event.key === "Escape" && !document.querySelector("[role=dialog]")) {
        if (!event.target.closest?.("input:not([type=checkbox]), textarea, select")) handlers.current.onClear?.();
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  return null;
}
