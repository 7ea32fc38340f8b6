/** Which language the page speaks, and how it says a word, a day and an hour. */

import { BILL_WORDS } from "./bill_words.js";
import { FAULT_WORDS } from "./faults_words.js";
import { WORDS as PAGE_WORDS } from "./words.js";

const WORDS = {
  ja: { ...PAGE_WORDS.ja, ...FAULT_WORDS.ja, ...BILL_WORDS.ja },
  en: { ...PAGE_WORDS.en, ...FAULT_WORDS.en, ...BILL_WORDS.en },
};
const KEY = "tasuki.language";
const ZONE = "Asia/Tokyo";
/** Japan keeps one offset all year, so a field's local time becomes an instant by adding this. */
const OFFSET = "+09:00";
const LOCALES = { ja: "ja-JP", en: "en-GB" };

let current = "ja";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // private windows may refuse storage; the page then simply forgets
  }
}

function firstKnown(codes) {
  return codes.find((code) => code in WORDS);
}

/** Choose the language: ?lang= wins, then what was remembered, then the browser's. */
export function chooseLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  const browser = (navigator.language || "").startsWith("ja") ? "ja" : "en";
  current = firstKnown([asked, remembered(), browser].filter(Boolean)) || "ja";
  document.documentElement.lang = current;
}

/** Switch the page's language and remember it. */
export function switchLanguage(code) {
  current = code;
  document.documentElement.lang = code;
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // as in remembered(): nothing to do
  }
}

/** The page's language code, "ja" or "en". */
export function language() {
  return current;
}

/** One word or sentence of the page, with {slots} filled. */
export function word(key, slots = {}) {
  const text = WORDS[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);
}

/** Whether the page has a word of its own for this key. */
export function hasWord(key) {
  return Object.hasOwn(WORDS[current], key);
}

function formatted(instant, options) {
  const format = new Intl.DateTimeFormat(LOCALES[current], { timeZone: ZONE, ...options });
  return format.format(new Date(instant));
}

/** The hour beside a bubble: 19:00. */
export function hourOf(instant) {
  return formatted(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The day as people say it: 11月25日(水) or Wed 25 November. */
export function dayOf(instant) {
  return formatted(instant, { month: "long", day: "numeric", weekday: "short" });
}

/** A month such as 2026-11: 2026年11月 or November 2026. */
export function monthOf(code) {
  return formatted(`${code}-15T12:00:00${OFFSET}`, { year: "numeric", month: "long" });
}

/** A number with its thousands apart. */
export function amount(number) {
  return new Intl.NumberFormat(LOCALES[current]).format(number);
}

/** The year of an instant, as people say it. */
export function yearOf(instant) {
  return formatted(instant, { year: "numeric" });
}

/** The calendar day in the school's zone, as 2026-11-25. */
export function dayKey(instant) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(new Date(instant));
}

/** An instant as a datetime-local field wants it, in the school's zone. */
export function fieldOf(instant) {
  return `${dayKey(instant)}T${hourOf(instant)}`;
}

/** The instant (ISO, with offset) that a datetime-local field means. */
export function instantOf(field) {
  return `${field.length === 16 ? `${field}:00` : field}${OFFSET}`;
}
