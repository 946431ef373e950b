// One measure over the interview's time: borders of the questions, a click plays the recording from there.
import { useEffect, useRef } from "react";
import {
  CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis,
} from "recharts";

const SEEK = "player-seek"; // player.jsx listens

/** Seconds as m:ss, or h:mm:ss. */
const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${parts.join(":")}` : parts.join(":");
};

const shown = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)));

/** What stands at the point that mouse or arrow keys are at; `place` remembers it, to be played. */
function Told({ active, payload, unit, place }) {
  const shownAt = active && payload?.length ? payload[0].payload.at : null;
  useEffect(() => {
    if (shownAt !== null) place.current = shownAt;
  }, [shownAt]);
  if (shownAt === null) return null;
  const { at, value } = payload[0].payload;
  return (
    <div className="time-told">
      <b>{shown(value)}</b> {unit}
      <small>{clock(at)} · click to play</small>
    </div>
  );
}

/**
 * `points`: [{at, value}], seconds; `marks`: [{at, label}] where questions begin; `seconds`: the whole time. The unit is
 * said with each value. Arrow keys walk the points, Enter plays.
 */
export function TimeChart({ points, marks, seconds, unit, label, height = 96 }) {
  const at = useRef(null);
  const play = () => at.current !== null && window.dispatchEvent(new CustomEvent(SEEK, { detail: at.current }));
  const follow = (state) => {
    const point = points[state?.activeTooltipIndex];
    if (point) at.current = point.at;
  };
  const margin = { top: 14, right: 12, bottom: 0, left: 0 };
  return (
    <div
      className="time-chart"
      role="group"
      aria-label={`${label} over the interview`}
      onKeyDown={(event) => event.key === "Enter" && play()}
    >
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={points} margin={margin} onMouseMove={follow} onClick={(state) => (follow(state), play())} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[0, Math.max(seconds, 1)]}
            tickFormatter={clock}
            tickLine={false}
            axisLine={false}
            minTickGap={48}
            tick={{ fontSize: 12, fill: "var(--text-2)" }}
          />
          <YAxis width={44} tickCount={3} tickLine={false} axisLine={false} tickFormatter={shown} domain={["auto", "auto"]} tick={{ fontSize: 12, fill: "var(--text-2)" }} />
          {(marks || []).map((mark) => (
            <ReferenceLine
              key={`${mark.label}-${mark.at}`}
              x={mark.at}
              stroke="var(--line-strong)"
              label={{ value: mark.label, position: "insideTopLeft", offset: 2, fontSize: 11, fill: "var(--text-2)" }}
            />
          ))}
          <Tooltip content={<Told unit={unit} place={at} />} cursor={{ stroke: "var(--accent)" }} isAnimationActive={false} />
          <Line
            dataKey="value"
            type="linear"
            stroke="var(--level-4)"
            strokeWidth={2}
            dot={{ r: 2.5, fill: "var(--level-4)", strokeWidth: 0 }}
            activeDot={{ r: 5 }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
