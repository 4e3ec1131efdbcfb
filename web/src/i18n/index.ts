import { type I18n, setupI18n } from "@lingui/core";
import { create } from "zustand";
import * as english from "./en";

export const languages = { en: "English", es: "Español" } as const;
export type Language = keyof typeof languages;

const catalogues: Record<Language, () => Promise<{ texts: english.Texts }>> = {
  en: async () => english, // comes along: to ask for it would cost a round trip
  es: () => import("./es"),
};

const languageKey = "sirenbase.language";
const i18n: I18n = setupI18n();

export const useLanguage = create<{ language: Language }>(() => ({ language: preferred() }));

function preferred(): Language {
  const wanted = [localStorage.getItem(languageKey), ...navigator.languages];
  for (const one of wanted) {
    const language = one?.slice(0, 2);
    if (language && language in languages) return language as Language;
  }
  return "en";
}

/** Loads the texts of a language, and speaks it from then on. */
export async function speak(language: Language = preferred(), remember = false) {
  const { texts } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages: texts });
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(languageKey, language);
  useLanguage.setState({ language });
}

export type Key = keyof english.Texts;

/** A text in the language of the partner, in ICU message format. */
export function t(key: Key, values?: Record<string, string | number>): string {
  return i18n._(key, values);
}

export const locale = () => i18n.locale;
