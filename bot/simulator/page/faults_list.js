/** The faults one can order by a switch, in the words of POST /sim/fault. */

const RATE = { message: "The API rate limit has been exceeded. Try again later." };
const MONTH = { message: "You have reached your monthly limit." };
const TOKEN = { message: "Authentication failed. Confirm that the access token in the authorization header is valid." };
const BROKEN = { message: "Internal server error" };

/** Name (its words are fault_<name> and fault_<name>_means) and order of each. */
export const FAULTS = [
  { name: "error_before", wish: { status: 500, body: BROKEN } },
  { name: "error_after", wish: { status: 500, body: BROKEN, when: "after" } },
  { name: "reset", wish: { mode: "reset" } },
  { name: "lost", wish: { mode: "lost" } },
  { name: "half", wish: { mode: "truncated" } },
  { name: "slow", wish: { delay: 8 } },
  { name: "rate", wish: { status: 429, body: RATE } },
  { name: "month", wish: { status: 429, body: MONTH } },
  { name: "token", wish: { status: 401, body: TOKEN } },
  { name: "html", wish: { mode: "html", status: 503 } },
];
