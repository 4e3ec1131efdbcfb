import { PersistQueryClientProvider } from "@tanstack/react-query-persist-client";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { answers, persistence } from "./api/queries";
import { useReach } from "./api/reach";
import { speak, t, useLanguage } from "./i18n";
import { startListening } from "./live/events";
import { reloadTouched } from "./queue/arrival";
import { NotKept, startQueue } from "./queue/queue";
import { router } from "./router";
import { settleLogOut } from "./session/log-out";
import "./style.css";
import { sayFailure } from "./ui/message";

function App() {
  const language = useLanguage((s) => s.language);
  return (
    <PersistQueryClientProvider client={answers} persistOptions={persistence} onSuccess={() => void answers.invalidateQueries()}>
      <RouterProvider key={language} router={router} />
    </PersistQueryClientProvider>
  );
}

await speak();
await startQueue(reloadTouched);
startListening();
addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof NotKept) sayFailure(t("error.notKept"));
});
useReach.subscribe(({ reachable }) => {
  if (reachable) void answers.invalidateQueries(); // what was shown may be old
});
addEventListener("online", () => void settleLogOut().catch(() => {})); // tried again at the next login
void settleLogOut().catch(() => {});
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
