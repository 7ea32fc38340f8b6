/** The live line to the simulator: opened from the last message seen, and opened again when lost. */

import { tellFailure } from "./notice.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

function read(event) {
  try {
    return JSON.parse(event.data);
  } catch {
    return null; // a broken frame is skipped; the next reload brings what it held
  }
}

function soon(act) {
  let timer = 0; // many pieces of news in one breath need one look
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, 80);
  };
}

function listenTo(source, store) {
  const on = (name, act) => source.addEventListener(name, (event) => {
    const data = read(event);
    if (data) act(data);
  });
  on("message", (data) => data.id && store.accept(data));
  on("clock", (data) => store.setNow(data.now));
  on("chats", soon(() => store.loadChats().catch(tellFailure)));
  on("unsend", (data) => store.markUnsent(data.id ?? data.message_id));
  on("edit", soon(() => store.reload().catch(tellFailure)));
}

/** Keep a stream open; `hear.lost` and `hear.back` tell the page when it breaks and returns. */
export function follow(store, hear) {
  let wait = FIRST_WAIT;
  const again = () => {
    setTimeout(() => store.restart().then(back, again), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const back = () => {
    wait = FIRST_WAIT;
    hear.back();
    open();
  };
  const open = () => {
    const source = new EventSource(`/sim/stream?after=${store.lastSeq}`);
    listenTo(source, store);
    source.onerror = () => {
      // The browser would resume from the old place; what was unsent meanwhile needs a fresh look.
      source.close();
      hear.lost();
      again();
    };
  };
  open();
}
