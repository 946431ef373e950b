// Keys that work anywhere on a recruiter's page. Only the keys named here ever reach the server.
import { useEffect, useRef } from "react";

const SETTLED_MS = 2000; // how long Enter waits for the list of what was typed

/** Enter in the palette's field goes to the first place found, once the list is that of what was typed. */
async function goToFirst(field) {
  const until = Date.now() + SETTLED_MS;
  const list = () => field.closest("[role=dialog]")?.querySelector("[data-found-for]");
  while (list() && list().dataset.foundFor !== field.value && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 40));
  }
  if (list()?.dataset.foundFor === field.value) list().querySelector("a")?.click();
}

/** Arrows in the palette walk through its field and the places found; true when the key was used. */
function walkPalette(event) {
  const palette = event.target.closest?.(".palette");
  if (!palette) return false;
  if (event.key === "Enter" && event.target.matches("input")) {
    goToFirst(event.target);
    return true;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return false;
  const stops = [...palette.querySelectorAll("input, [data-found-for] a")];
  stops[(stops.indexOf(event.target) + step + stops.length) % stops.length]?.focus();
  return true;
}

/** Left and right move between the tabs of one row; true when the key was used. */
function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const row = step && event.target.closest?.("[role=tab]")?.closest("[role=tablist]");
  if (!row) return false;
  const tabs = [...row.querySelectorAll("[role=tab]")];
  tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length].focus();
  return true;
}

/** A dialog that closes gives the focus back to what had it before: the dialogs have no trigger of their own. */
function useFocusBack() {
  useEffect(() => {
    let before = null;
    const moved = ({ target }) => {
      if (!target.closest?.("[role=dialog], [data-radix-focus-guard]")) before = target;
    };
    const gone = new MutationObserver((changes) => {
      const closed = changes.some(({ removedNodes }) =>
        [...removedNodes].some((node) => node.matches?.("[role=dialog]") || node.querySelector?.("[role=dialog]")),
      );
      if (!closed || document.querySelector("[role=dialog]")) return;
      setTimeout(() => {
        if (document.activeElement === document.body && before?.isConnected) before.focus();
      });
    });
    document.addEventListener("focusin", moved);
    gone.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener("focusin", moved);
      gone.disconnect();
    };
  }, []);
}

/** Ctrl-K or Cmd-K: onPalette. Escape, when no dialog is open and no field is being typed in: onClear. */
export function Hotkeys({ onPalette, onClear }) {
  useFocusBack();
  const handlers = useRef({});
  handlers.current = { onPalette, onClear };
  useEffect(() => {
    const pressed = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        handlers.current.onPalette?.();
      } else if (walkPalette(event) || walkTabs(event)) {
        event.preventDefault();
      } else if (event.key === "Escape" && !document.querySelector("[role=dialog]")) {
        if (!event.target.closest?.("input:not([type=checkbox]), textarea, select")) handlers.current.onClear?.();
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  return null;
}
