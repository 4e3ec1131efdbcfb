import { type ReactNode, useEffect } from "react";
import { Card } from "../ui/surface";

/** A card in the middle of an otherwise empty page. */
export function Centred({ title, sentence, children }: { title: string; sentence?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · SirenBase`;
  }, [title]);
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center p-3">
      <Card className="flex flex-col gap-4 p-6">
        <div>
          <h1 className="text-3xl font-light">{title}</h1>
          {sentence && <p className="mt-1 text-soft">{sentence}</p>}
        </div>
        {children}
      </Card>
    </main>
  );
}
