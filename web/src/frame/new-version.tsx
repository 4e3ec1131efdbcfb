import { useRegisterSW } from "virtual:pwa-register/react";
import { t } from "../i18n";

/** A new version waits until the partner has a hand free. */
export function NewVersion() {
  const {
    needRefresh: [ready],
    updateServiceWorker,
  } = useRegisterSW();
  if (!ready) return null;
  return (
    <div role="status" className="no-print mx-auto mb-2 w-full max-w-[1150px] px-3 sm:px-8">
      <p className="flex items-center justify-between gap-2 rounded-field bg-sky-soft px-4 py-1 text-base text-sky">
        {t("update.ready")}
        <button type="button" className="min-h-11 px-2 font-bold underline" onClick={() => void updateServiceWorker(true)}>
          {t("update.now")}
        </button>
      </p>
    </div>
  );
}
