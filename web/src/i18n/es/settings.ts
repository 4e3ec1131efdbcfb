import type { settings as english } from "../en/settings";

export const settings: Record<keyof typeof english, string> = {
  "settings.title": "Ajustes",
  "settings.admin": "Administrador",
  "settings.staff": "Compañero",
  "settings.connection": "Conexión",
  "settings.online": "El servidor responde.",
  "settings.offline": "Sin cobertura. Lo que haga queda en este teléfono.",
  "settings.changes": "{n, plural, =0 {Nada espera} one {# cambio} other {# cambios}}",
  "settings.store": "Tienda",
  "settings.storeChosen": "Ahora trabaja en {name}.",
  "settings.language": "Idioma",
  "settings.pin": "PIN",
  "settings.currentPin": "PIN actual",
  "settings.newPin": "PIN nuevo (4 dígitos)",
  "settings.changePin": "Cambiar el PIN",
  "settings.pinChanged": "PIN cambiado. Se cerró la sesión en otros teléfonos.",
  "settings.install": "Poner en la pantalla de inicio",
  "settings.logOut": "Cerrar sesión",
  "settings.logOutAsk": "¿Cerrar la sesión ahora?",
  "settings.logOutWaiting":
    "{n, plural, one {# cambio espera en este teléfono y se envía cuando vuelva a entrar aquí.} other {# cambios esperan en este teléfono y se envían cuando vuelva a entrar aquí.}}",
  "settings.stay": "Quedarse",
};
