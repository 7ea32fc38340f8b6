/** The live line to the simulator: opened from the last message seen, and opened again when lost. */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

function read(event) {
  try {
    return JSON.parse(event.data);
  } catch {
    return null; // a broken frame is skipped; the next reload brings what it held
  }
}

function listenTo(source, store, hear) {
  const on = (name, act) => source.addEventListener(name, (event) => {
    const data = read(event);
    if (data) act(data);
  });
  on("message", (data) => data.id && store.accept(data));
  on("clock", (data) => store.setNow(data.now));
  on("chats", () => store.loadChats().catch(hear.lost));
  on("unsend", (data) => store.markUnsent(data.id ?? data.message_id));
  on("edit", () => store.reload().catch(hear.lost));
}

/** Keep a stream open; `hear.lost` and `hear.back` tell the page when it breaks and returns. */
export function follow(store, hear) {
  let wait = FIRST_WAIT;
  let broken = false;
  const open = () => {
    const source = new EventSource(`/sim/stream?after=${store.lastSeq}`);
    listenTo(source, store, hear);
    source.onopen = () => {
      wait = FIRST_WAIT;
      if (!broken) return;
      broken = false;
      store.reload().then(hear.back, hear.lost); // what was unsent or moved meanwhile
    };
    source.onerror = () => {
      // The browser would reconnect from the old place and replay: reopen from the newest instead.
      source.close();
      if (!broken) hear.lost();
      broken = true;
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  };
  open();
}
