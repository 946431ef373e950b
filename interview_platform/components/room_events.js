// What the server's events mean for the screen: a pure step from one view to the next.

export const START = { state: "connecting", question: null, captions: [], notice: "", error: "", ended: null, heard: 0, hint: null, pace: null };

const KEPT_CAPTIONS = 200;

/** The view after one event. Unknown events change nothing. */
export function step(view, event) {
  switch (event.type) {
    case "entered":
      return { ...view, error: "", captions: view.captions.filter((c) => c.final) }; // where things stand follows
    case "state":
      return { ...view, state: event.state };
    case "question":
      return { ...view, question: event, notice: "" };
    case "caption":
      if (view.captions.some((c) => event.id && c.id === event.id)) return view; // told again after a reconnect
      return {
        ...view,
        heard: view.heard + (event.speaker === "candidate" && event.final ? 1 : 0),
        captions: withCaption(view.captions, event),
        notice: event.speaker === "candidate" ? "" : view.notice,
        error: "",
      };
    case "hint":
      return event.text ? { ...view, hint: { kind: event.kind ?? "", text: event.text } } : view;
    case "pace":
      return { ...view, pace: { slow: event.pace === "unhurried", told: (view.pace?.told ?? 0) + 1 } };
    case "notice":
      return { ...view, notice: event.text };
    case "error":
      return { ...view, error: event.text };
    case "ended":
      return { ...view, state: "ended", ended: event.text || "" };
    default:
      return view;
  }
}

/** A caption grows in place until it is final; a known turn is replaced, never doubled. */
function withCaption(captions, { id = "", speaker, text, final, turn_id: turn, source = "" }) {
  const growing = captions.findLastIndex((c) => c.speaker === speaker && !c.final);
  const known = turn ? captions.findLastIndex((c) => c.speaker === speaker && c.turn === turn) : -1;
  const at = known >= 0 ? known : growing;
  if (!text.trim()) return at >= 0 && at === growing ? captions.toSpliced(at, 1) : captions;
  const key = at >= 0 ? captions[at].key : (captions.at(-1)?.key ?? 0) + 1;
  const caption = { key, id, speaker, text, final: Boolean(final), turn, source };
  return at >= 0 ? captions.with(at, caption) : [...captions, caption].slice(-KEPT_CAPTIONS);
}
