import { PenLine } from "lucide-react";
import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { TextField } from "../ui/field";
import { Badge, Card, Note } from "../ui/surface";
import { categoryLabel } from "./categories";
import { useLease } from "./lease";

interface Props {
  category: string;
  name: string;
  code: string;
  own: boolean;
  /** The code has its four digits. */
  whole: boolean;
  /** What has this code already. */
  holder: string | undefined;
  /** No code is in hand. */
  none: boolean;
  onCode(code: string): void;
  onOwn(own: boolean): void;
  onBack(): void;
}

/** The code in digits that can be read from the shelf. */
export function CodeToWrite({ category, name, code, own, whole, holder, none, onCode, onOwn, onBack }: Props) {
  return (
    <>
      <Card className="flex flex-col items-center gap-3 text-center">
        <Badge>{categoryLabel(category)}</Badge>
        <p className="text-2xl font-light">{name}</p>
        {whole && (
          <p data-code className="font-mono text-[min(6rem,24vw)] leading-none font-bold tracking-wider tabular-nums">
            {code}
          </p>
        )}
        {whole && (
          <Note className="flex w-full items-center justify-center gap-2">
            <PenLine aria-hidden className="size-5 shrink-0" />
            {t("inventory.add.writeLong")}
          </Note>
        )}
      </Card>
      {own && none && <NoCode />}
      {own && (
        <TextField
          label={t("inventory.add.ownCodeField")}
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          className="font-mono text-2xl"
          value={code}
          onChange={(event) => onCode(event.target.value.replace(/\D/g, "").slice(0, 4))}
          error={holder && t("inventory.add.taken", { code, name: holder })}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" className="flex-1" onClick={onBack}>
          {t("inventory.add.back")}
        </Button>
        {!(own && none) && (
          <Button look="secondary" className="flex-1" onClick={() => onOwn(!own)}>
            {t(own ? "inventory.add.givenCode" : "inventory.add.ownCode")}
          </Button>
        )}
      </div>
    </>
  );
}

function NoCode() {
  const offline = useOffline();
  const failure = useLease((s) => s.failure);
  if (offline) return <Note alert>{t("inventory.add.noCodes")}</Note>;
  return failure ? <Note alert>{t("inventory.add.noLease", { reason: `${explain(failure)} ` })}</Note> : null;
}
