import { useNavigate } from "@tanstack/react-router";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { PinPad } from "../login/pin-pad";
import { useLogin } from "../login/use-login";
import { logOut } from "../session/log-out";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { shortName } from "../ui/person";

/** Slides over the page when the server wants the PIN again; the page stays as it is. */
export function PinSheet() {
  const user = useSession((s) => s.user);
  const navigate = useNavigate();
  const { logIn, failure, wait, busy } = useLogin();
  if (!user) return null;
  return (
    <Dialog
      open
      firm
      onClose={() => {}}
      title={`${shortName(user.name)}: ${t("expired.title")}`}
      sentence={t("expired.body")}
      actions={
        <Button
          look="quiet"
          onClick={async () => {
            await logOut();
            await navigate({ to: "/login" });
          }}
        >
          {t("expired.other")}
        </Button>
      }
    >
      <PinPad onPin={(pin) => logIn(user.partner_number, pin)} failure={failure} wait={wait} busy={busy} />
    </Dialog>
  );
}
