/** Talking to the simulator: JSON in, JSON out, refusals as errors with a sentence. */

/** A refusal of the simulator, with its own sentence as the message. */
export class Refused extends Error {}

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || `HTTP ${response.status}`);
  return body;
}

async function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return answerOf(await fetch(search ? `${path}?${search}` : path, { cache: "no-store" }));
}

async function drop(path) {
  return answerOf(await fetch(path, { method: "DELETE" }));
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Everything the page asks of the simulator. */
export const api = {
  chats: () => get("/sim/chats"),
  messages: (chat, after = 0) => get("/sim/messages", { chat, after }),
  say: (chat, user, text) => post("/sim/say", { chat, user, text }),
  tap: (chat, user, press) => post("/sim/tap", { chat, user, ...press }),
  send: (chat, user, message) => post("/sim/send", { chat, user, message }),
  switchMenu: (user, alias, data) => post("/sim/switch", { user, alias, data }),
  invite: (group) => post("/sim/invite", { group }),
  kick: (group) => post("/sim/kick", { group }),
  block: (user) => post("/sim/block", { user }),
  unblock: (user) => post("/sim/unblock", { user }),
  unsend: (messageId) => post("/sim/unsend", { message_id: messageId }),
  language: (user, language) => post("/sim/language", { user, language }),
  clock: () => get("/sim/clock"),
  travel: (jump) => post("/sim/clock", jump),
  bill: () => get("/sim/bill"),
  faults: () => get("/sim/fault"),
  orderFault: (wish) => post("/sim/fault", wish),
  clearFaults: () => drop("/sim/fault"),
};
