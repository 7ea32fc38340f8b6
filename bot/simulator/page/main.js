/** The page of phones: puts its parts together and keeps them fresh. */

import { api } from "./api.js";
import { BillPanel } from "./bill.js";
import { ClockBar } from "./clock_bar.js";
import { el, fill } from "./dom.js";
import { chooseLanguage, language, switchLanguage, word } from "./language.js";
import { FaultPanel } from "./faults.js";
import { closeMenusOutside } from "./menu.js";
import { tell, tellFailure } from "./notice.js";
import { Phone } from "./phone.js";
import { Selection } from "./selection.js";
import { Store } from "./store.js";
import { follow } from "./stream.js";
import { Tabs } from "./tabs.js";

const KINDS = ["member", "coach", "group"];
const CLOCK_EVERY = 20000;

const store = new Store();
const selection = new Selection(store);
const phones = KINDS.map((kind) => new Phone(kind, store, selection));
const tabs = new Tabs(document.getElementById("tabs"), KINDS);
const bill = new BillPanel(document.getElementById("bill"));
const faults = new FaultPanel(document.getElementById("faults"));
const clock = new ClockBar(store, document.getElementById("clock"));

function languageButton(code, name) {
  const click = () => { switchLanguage(code); redraw(); };
  const attributes = { type: "button", lang: code, "aria-pressed": String(language() === code) };
  return el("button", { ...attributes, data: { language: code }, on: { click } }, name);
}

function drawWords() {
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  const languages = document.getElementById("languages");
  languages.setAttribute("aria-label", word("language"));
  fill(languages, languageButton("ja", "日本語"), languageButton("en", "English"));
}

function redraw() {
  drawWords();
  clock.redraw();
  bill.redraw();
  faults.redraw();
  tabs.redraw();
  for (const phone of phones) phone.redraw();
}

function openMember(user, text) {
  const kind = selection.current().coach === user ? "coach" : "member";
  if (kind === "member") selection.choose({ member: user, as: selection.current().as });
  tabs.show(kind);
  phones.find((phone) => phone.kind === kind).composer.draft(text);
}

async function loadChosen() {
  const chats = new Set(phones.map((phone) => phone.seat.chat));
  const missing = [...chats].filter((chat) => chat && !store.byChat.has(chat));
  for (const chat of missing) await store.loadMessages(chat); // in order: the stream starts after the first
}

function listen() {
  selection.addEventListener("change", () => {
    for (const phone of phones) phone.refresh(false);
    loadChosen().catch(tellFailure);
  });
  store.addEventListener("chats", ({ detail }) => {
    for (const phone of phones) phone.refresh(detail.renamed);
    loadChosen().catch(tellFailure);
  });
  store.addEventListener("messages", ({ detail }) => {
    for (const phone of phones) {
      phone.changed(detail);
      if (detail.fresh && detail.chat === phone.seat.chat) tabs.arrived(phone.kind);
    }
  });
}

function keepTime() {
  // The school's clock runs by itself too; asking is cheaper than guessing how.
  setInterval(() => {
    if (!document.hidden && !clock.busy) api.clock().then(({ now }) => store.setNow(now), () => {});
  }, CLOCK_EVERY);
}

async function load() {
  try {
    await store.loadChats();
    await loadChosen();
  } catch (error) {
    tellFailure(error); // the stream below keeps trying, and loads what is missing when it is back
  }
}

async function start() {
  chooseLanguage();
  for (const phone of phones) phone.seat.openMember = openMember;
  fill(document.getElementById("phones"), phones.map((phone) => phone.node));
  closeMenusOutside();
  redraw();
  await load();
  listen();
  redraw();
  follow(store, { lost: () => tell(word("offline")), back: () => tell(word("online")) });
  keepTime();
  document.body.dataset.ready = "true";
}

start();
