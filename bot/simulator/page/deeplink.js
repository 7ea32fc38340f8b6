/** Links: which may be opened at all, and which LINE would open inside itself. */

const OPENABLE = new Set(["https:", "http:", "tel:"]);
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The link, if it is of a kind that may be opened; else null. */
export function safeLink(text) {
  const url = parsed(text);
  return url && OPENABLE.has(url.protocol) ? url.href : null;
}

/** What a link to a LINE chat means: {text} to have ready in the chat with the bot; else null. */
export function lineChatOf(text) {
  const url = parsed(text);
  if (!url || url.hostname !== "line.me") return null;
  if (/^\/R\/oaMessage\/[^/]+\/?$/.test(url.pathname)) return { text: decoded(url.search.slice(1)) };
  if (/^\/R\/ti\/p\/[^/]+\/?$/.test(url.pathname)) return { text: "" };
  return null;
}

/**
 * Where to load a picture from; null if it may not be loaded.
 * LINE demands https, which a demo on this machine does not speak: its own pictures may come by http.
 */
export function pictureSource(text) {
  const url = parsed(text);
  const local = url !== null && LOOPBACK.has(url.hostname);
  if (url?.protocol === "http:") return local ? url.href : null;
  if (url?.protocol !== "https:") return null;
  return local ? `${url.pathname}${url.search}` : url.href;
}
