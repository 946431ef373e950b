// Calls back again and again while it is on the page and the page is looked at.
import { useEffect, useRef } from "react";

/** onTick every `seconds`; none while the tab is hidden. */
export function Ticker({ seconds, onTick }) {
  const tick = useRef(onTick);
  tick.current = onTick;
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && tick.current?.(), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return null;
}
