// Pages for what stands in the way: what is blocked, how to unblock it, and the interview in writing as a way round.

import { CircleAlert, Globe, MicOff, MonitorSmartphone, PhoneOff, ShieldAlert } from "lucide-react";
import { Notice } from "./room_parts.jsx";

const UNBLOCK =
  "Your browser has blocked it for this page. Click the camera or lock sign beside the address, choose “Allow”, then try again.";

/** What keeps each kind of thing from working: title, words, icon. The keys are reasons of openDevices, and our own. */
export const REASONS = {
  blocked: { icon: MicOff, title: "We cannot use your microphone.", text: UNBLOCK },
  missing: {
    icon: MicOff,
    title: "We cannot use your microphone.",
    text: "No microphone was found. Plug one in or switch it on, then try again.",
  },
  busy: {
    icon: MicOff,
    title: "We cannot use your microphone.",
    text: "Another program is using it. Close other calls and tabs, then try again.",
  },
  other: {
    icon: MicOff,
    title: "We cannot use your microphone.",
    text: "It did not start. Unplug and replug it, or restart the browser, then try again.",
  },
  insecure: {
    icon: ShieldAlert,
    title: "This page is not on a secure address, so no camera or microphone can be used.",
    text:
      "To speak, open the link from your e-mail again: the address should start with “https”. If it does not, please " +
      "tell the person who invited you.",
  },
  nocalls: {
    icon: PhoneOff,
    title: "Calls are switched off in this browser (WebRTC).",
    text:
      "An extension or a company rule may do that. To speak, try another browser or device: an up-to-date Chrome, " +
      "Edge, Firefox or Safari.",
  },
  network: {
    icon: Globe,
    title: "This network does not let the call through.",
    text: "A firewall may block it. To speak, try another network, for example your phone’s. We keep trying meanwhile.",
  },
};

/** Why something is not possible, in its own words. */
export function Reason({ reason, tone = "danger", children }) {
  const { icon, title, text } = REASONS[reason] ?? REASONS.other;
  return (
    <Notice icon={icon} tone={tone} title={title}>
      <p>{text}</p>
      {children}
    </Notice>
  );
}

/** What the written interview is, in two sentences; shown wherever it is offered. */
export function WritingOffer() {
  return (
    <p className="room-hint">
      You can hold the same interview in writing: same questions, same report, no camera or microphone. You can change
      to speaking later.
    </p>
  );
}

/** Nothing can be spoken here: say why, offer writing. */
export function Blocked({ reason, returning, refusal, onWriting }) {
  return (
    <section className="cand-screen" data-room-state={reason}>
      <h1 className="cand-title">{returning ? "Welcome back" : "A spoken interview is not possible here"}</h1>
      {refusal && (
        <Notice icon={CircleAlert} tone="danger" title="The room did not open.">
          <p>{refusal}</p>
        </Notice>
      )}
      <Reason reason={reason} tone="attention" />
      <WritingOffer />
      <button type="button" className="cand-primary" id="writing" onClick={onWriting}>
        {returning ? "Continue in writing" : "Interview in writing"}
      </button>
    </section>
  );
}

/** Another tab holds the interview (`taken`: has just taken it): ask before it goes on here. */
export function Elsewhere({ taken, onBack }) {
  return (
    <section className="cand-screen" data-room-state="elsewhere">
      <h1 className="cand-title">
        {taken ? "The interview goes on in another tab" : "This interview is open in another tab. Continue here?"}
      </h1>
      <Notice icon={MonitorSmartphone} tone="info">
        <p>
          {taken
            ? "You continued it there, so this tab let go. You can close this one. Your answers are kept."
            : "It can be held in one tab only. If you continue here, the other one lets go. Your answers are kept, and " +
              "you go on at the same question."}
        </p>
      </Notice>
      <button type="button" className={taken ? "cand-quiet" : "cand-primary"} id="continue-here" onClick={onBack}>
        Continue here
      </button>
    </section>
  );
}
