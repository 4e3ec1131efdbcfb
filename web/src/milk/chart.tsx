import { useEffect, useRef, useState } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { MilkcountDayUse } from "../api/schema";
import { locale } from "../i18n";

interface Props {
  days: readonly MilkcountDayUse[];
  mean: number | null;
  from: string;
  to: string;
}

const height = 160;
const day = 24 * 60 * 60; // seconds

/** Bars of use, and a line for the mean. It is drawn; the table beside it says the same. */
export default function Chart({ days, mean, from, to }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useColourScheme();
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const plot = new UPlot(options(place, scheme, seconds(from), seconds(to)), data(days, mean), place);
    const watch = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [days, mean, from, to, scheme]);
  return <div ref={box} aria-hidden className="h-40 w-full overflow-hidden" />;
}

const seconds = (date: string) => Date.parse(`${date}T00:00:00Z`) / 1000;

function data(days: readonly MilkcountDayUse[], mean: number | null): UPlot.AlignedData {
  return [days.map(({ date }) => seconds(date)), days.map(({ used }) => used), days.map(() => mean)];
}

function options(place: HTMLElement, _scheme: string, from: number, to: number): UPlot.Options {
  const colour = (name: string) => resolved(place, `var(${name})`);
  const date = new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric", timeZone: "UTC" });
  const axis: UPlot.Axis = {
    stroke: colour("--soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "14px system-ui, sans-serif",
  };
  return {
    width: place.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [from - day / 2, to + day / 2] }, y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        incrs: [1, 2, 3, 4, 7, 14, 28, 56].map((n) => n * day),
        values: (_, splits) => splits.map((at) => date.format(at * 1000)),
      },
      { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
    ],
    series: [
      {},
      {
        fill: colour("--sky"),
        stroke: colour("--sky"),
        paths: UPlot.paths.bars?.({ size: [0.7, 24] }) ?? undefined,
        points: { show: false },
      },
      { stroke: colour("--ink"), width: 2, dash: [6, 4], points: { show: false } },
    ],
  };
}

/** A canvas wants the colour itself, not the name of one that adapts. */
function resolved(place: HTMLElement, colour: string): string {
  place.style.color = colour;
  const value = getComputedStyle(place).color;
  place.style.color = "";
  return value;
}

function useColourScheme(): "dark" | "light" {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const look = () => setDark(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return dark ? "dark" : "light";
}
