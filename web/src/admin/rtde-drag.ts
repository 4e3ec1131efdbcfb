import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from "react";

const threshold = 8; // px until a press is a drag
const edge = 140; // px from the top and the bottom of the screen where the page scrolls along
const pace = 10; // px a frame

interface Drag {
  from: number;
  to: number;
  by: number;
  /** The room that the row takes. */
  height: number;
}

/**
 * Rows that are dragged by a grip, with a mouse or a finger. They are only shifted
 * on the screen until the grip is let go: a row that moves in the page while a
 * finger holds it would lose the finger.
 */
export function useDrag(onDrop: (from: number, to: number) => void) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  function grab(event: ReactPointerEvent<HTMLElement>, from: number) {
    if (event.button !== 0 || !list.current) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const start = event.clientY + scrollY;
    const boxes = [...list.current.children].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { middle: top + scrollY + height / 2, height };
    });
    const gap = Number.parseFloat(getComputedStyle(list.current).rowGap) || 0;
    const own = boxes[from];
    if (!own) return;
    let y = event.clientY;
    let now: Drag | null = null;
    let frame = 0;

    const shift = () => {
      const by = y + scrollY - start;
      if (!now && Math.abs(by) < threshold) return;
      if (!now) frame = requestAnimationFrame(scroll);
      const to = boxes.filter(({ middle }, at) => at !== from && middle < own.middle + by).length;
      now = { from, to, by, height: own.height + gap };
      setDrag(now);
    };
    const scroll = () => {
      if (y < edge) scrollBy(0, -pace);
      if (y > innerHeight - edge) scrollBy(0, pace);
      shift();
      frame = requestAnimationFrame(scroll);
    };
    const move = (moved: PointerEvent) => {
      y = moved.clientY;
      shift();
    };
    const end = (ended: Event) => {
      stop.current();
      if (now && ended.type === "pointerup" && now.to !== from) onDrop(from, now.to);
    };
    stop.current = () => {
      cancelAnimationFrame(frame);
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", end);
      grip.removeEventListener("pointercancel", end);
      setDrag(null);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
  }

  /** How far a row is shifted, in px. */
  function shifted(at: number): number {
    if (!drag) return 0;
    if (at === drag.from) return drag.by;
    if (at > drag.from && at <= drag.to) return -drag.height;
    if (at < drag.from && at >= drag.to) return drag.height;
    return 0;
  }

  return { list, grab, shifted, dragged: drag?.from ?? null };
}
