const tooEasy = /^(\d)\1{3}$|^0123|^1234|^2345|^3456|^4567|^5678|^6789|^9876|^8765|^7654|^6543|^5432|^4321|^3210/;
const pins = 10_000;
const fair = 6 * pins; // the largest multiple that two bytes can hold, so that all PINs are as likely

/** A PIN that nobody guesses first. */
export function randomPin(draw: () => number = twoBytes): string {
  for (;;) {
    const drawn = draw();
    const pin = String(drawn % pins).padStart(4, "0");
    if (drawn < fair && !tooEasy.test(pin)) return pin;
  }
}

function twoBytes(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}
