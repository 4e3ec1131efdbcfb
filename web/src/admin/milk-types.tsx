import { useMutation } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Pencil } from "lucide-react";
import { useState } from "react";
import { api, body } from "../api/client";
import { answers } from "../api/queries";
import type { MilkcountMilkType } from "../api/schema";
import { t } from "../i18n";
import { IconButton } from "../ui/button";
import { explain } from "../ui/failure";
import { sayFailure } from "../ui/message";
import { Badge } from "../ui/surface";
import { MilkEdit } from "./milk-form";
import { inOrder, moved, type Place } from "./milk-order";
import { sections } from "./milks";
import { Shelf } from "./shelf";

/** Which milks there are, and in which order. */
export function MilkTypes({ milks }: { milks: MilkcountMilkType[] }) {
  const [editing, setEditing] = useState<MilkcountMilkType | null>(null);
  const [told, setTold] = useState("");
  const { shown, move } = useOrder(milks);
  return (
    <section aria-labelledby="milks">
      <h2 id="milks" className="px-2 pt-2 text-xl">
        {t("admin.milk.types")}
      </h2>
      <p className="px-2 pb-2 text-soft">{t("admin.milk.typesHow")}</p>
      <p aria-live="polite" className="sr-only">
        {told}
      </p>
      {sections.map((section) => {
        const shelf = shown.filter((one) => one.category === section);
        return (
          <Shelf key={section} title={t(`admin.milk.${section}`)}>
            {shelf.map((milk, at) => (
              <Row
                key={milk.id}
                milk={milk}
                first={at === 0}
                last={at === shelf.length - 1}
                onEdit={() => setEditing(milk)}
                onMove={(by) => {
                  move(milk.id, by);
                  setTold(t("admin.milk.movedTo", { name: milk.name, place: at + by + 1, all: shelf.length }));
                }}
              />
            ))}
          </Shelf>
        );
      })}
      {editing && <MilkEdit milk={editing} onClose={() => setEditing(null)} />}
    </section>
  );
}

interface RowProps {
  milk: MilkcountMilkType;
  first: boolean;
  last: boolean;
  onMove(by: -1 | 1): void;
  onEdit(): void;
}

function Row({ milk, first, last, onMove, onEdit }: RowProps) {
  return (
    <li className="flex min-h-14 flex-wrap items-center justify-end gap-2 border-t border-line py-1 pr-2 pl-4 first:border-t-0">
      <p className={`min-w-24 flex-1 text-lg ${milk.active ? "" : "text-soft"}`}>
        {milk.name} {!milk.active && <Badge>{t("admin.milk.hidden")}</Badge>}
      </p>
      {/* Not "disabled", which would take the focus away from whoever moves it to the end. */}
      <IconButton
        label={t("admin.milk.up", { name: milk.name })}
        aria-disabled={first}
        className="aria-disabled:opacity-40"
        onClick={() => !first && onMove(-1)}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton
        label={t("admin.milk.down", { name: milk.name })}
        aria-disabled={last}
        className="aria-disabled:opacity-40"
        onClick={() => !last && onMove(1)}
      >
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label={t("admin.milk.edit", { name: milk.name })} onClick={onEdit}>
        <Pencil aria-hidden className="size-5" />
      </IconButton>
    </li>
  );
}

/**
 * Moves at once on the screen; the server follows, one move after the other. Until
 * the last of them is done, what it says in between is not shown.
 */
function useOrder(milks: MilkcountMilkType[]) {
  const [wanted, setWanted] = useState<MilkcountMilkType[] | null>(null);
  const { mutate } = useMutation({
    scope: { id: "milk-order" },
    mutationKey: ["milk-order"],
    mutationFn: async (places: Place[]) => {
      for (const { id, display_order } of places) {
        await body(api.PUT("/api/milk-count/admin/milk-types/{id}", { params: { path: { id } }, body: { display_order } }));
      }
    },
    onError: (error) => sayFailure(explain(error)),
    onSettled: async () => {
      if (answers.isMutating({ mutationKey: ["milk-order"] }) > 1) return; // the last move loads the list anew
      void answers.invalidateQueries({ queryKey: ["audit"] });
      await answers.invalidateQueries({ queryKey: ["milk"] });
      setWanted(null);
    },
  });
  const shown = wanted ?? milks;
  const move = (id: string, by: -1 | 1) => {
    const places = moved(shown, id, by);
    setWanted(inOrder(shown, places));
    mutate(places);
  };
  return { shown, move };
}
