// Notices that another tab or window is in front of the interview, and says for how long once it no longer is.

const LEAST_SECONDS = 2; // a glance of the system's own windows

/** tell(seconds) after each absence; gives back what ends it. The other values are there for tests. */
export function watchAway(tell, page = document, frame = window, clock = () => performance.now()) {
  let since = null;
  const look = () => {
    const away = page.hidden || !page.hasFocus();
    if (away) since ??= clock();
    else if (since !== null) {
      const seconds = (clock() - since) / 1000;
      since = null;
      if (seconds >= LEAST_SECONDS) tell(Math.round(seconds));
    }
  };
  page.addEventListener("visibilitychange", look);
  ["blur", "focus"].forEach((sign) => frame.addEventListener(sign, look));
  return () => {
    page.removeEventListener("visibilitychange", look);
    ["blur", "focus"].forEach((sign) => frame.removeEventListener(sign, look));
  };
}
