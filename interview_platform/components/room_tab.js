// A name for this tab: the same after a reload, another one in a second tab, also in one that was duplicated.
// The name is written down only while the page is being left, and taken away when it is back: a duplicate finds none.

const KEY = "interview-tab";

let mine = "";

/** Twenty random letters and digits; needs no secure address. */
const drawn = () => Array.from(crypto.getRandomValues(new Uint8Array(20)), (n) => (n % 36).toString(36)).join("");

export function tabName() {
  if (mine) return mine;
  const stored = read(KEY);
  write(KEY, "");
  mine = stored || drawn();
  window.addEventListener("pagehide", () => write(KEY, mine));
  window.addEventListener("pageshow", () => write(KEY, ""));
  return mine;
}

/** What was kept for this tab under a name; "" where nothing was, or where the browser keeps nothing. */
export function read(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Keep a text for this tab; "" takes it away. */
export function write(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage a reload is one more tab: it asks before it takes over.
  }
}
