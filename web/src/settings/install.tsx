import { useSyncExternalStore } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";

/** What Chromium offers to a page that can be installed. */
interface InstallOffer extends Event {
  prompt(): Promise<void>;
}

let offer: InstallOffer | null = null;
const watchers = new Set<() => void>();

function set(next: InstallOffer | null) {
  offer = next;
  for (const tell of watchers) tell();
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  set(event as InstallOffer);
});
addEventListener("appinstalled", () => set(null));

function watch(tell: () => void) {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** Puts the app on the home screen, where the browser lets a page ask. */
export function InstallButton() {
  const available = useSyncExternalStore(watch, () => offer);
  if (!available) return null;
  return (
    <Button look="secondary" onClick={() => void available.prompt()}>
      {t("settings.install")}
    </Button>
  );
}
