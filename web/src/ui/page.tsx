import { Link, useCanGoBack, useRouter } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { t } from "../i18n";

interface PageProps {
  title: string;
  /** Where *back* leads; without it there is no way back. */
  back?: string;
  /** Beside the title: icon buttons, a pill. */
  actions?: ReactNode;
  /** Under the title, and sticky with it: a progress bar, a search field. */
  below?: ReactNode;
  /** The one next step, always in the same place. */
  bottom?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page of a tool: a sticky island with its title, the content, and the next step. */
export function Page({ title, back, actions, below, bottom, wide, children }: PageProps) {
  const width = wide ? "max-w-[1150px]" : "max-w-[670px]";
  useEffect(() => {
    document.title = `${title} · SirenBase`;
  }, [title]);
  return (
    <main id="main" className={`mx-auto flex w-full ${width} flex-1 flex-col px-3 sm:px-8`}>
      <div className="no-print sticky top-16 z-20 mb-3 rounded-card border border-line bg-card/95 px-2 py-2 shadow-sm backdrop-blur">
        <div className="flex min-h-12 flex-wrap items-center gap-x-2">
          {back && <Back to={back} />}
          <h1 className="min-w-0 flex-1 px-2 text-xl font-light sm:text-2xl">{title}</h1>
          {actions}
        </div>
        {below && <div className="px-2 pb-1">{below}</div>}
      </div>
      <div className="flex flex-1 flex-col gap-2 pb-6">{children}</div>
      {bottom && <BottomBar width={width}>{bottom}</BottomBar>}
    </main>
  );
}

function Back({ to }: { to: string }) {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <Link
      to={to}
      aria-label={t("go.back")}
      className="press inline-flex size-[48px] items-center justify-center rounded-full hover:bg-sunken"
      onClick={(event) => {
        if (!canGoBack) return;
        event.preventDefault();
        router.history.back();
      }}
    >
      <ChevronLeft aria-hidden />
    </Link>
  );
}

function BottomBar({ width, children }: { width: string; children: ReactNode }) {
  return (
    <div className={`no-print sticky bottom-0 z-20 -mx-3 sm:mx-0 ${width}`}>
      <div className="flex flex-col gap-2 border-t border-line bg-page px-3 pt-3 pb-[calc(1.5rem+env(safe-area-inset-bottom))] sm:px-0">
        {children}
      </div>
    </div>
  );
}
