/** Choosing whose phone one looks at: a native select, grouped by class and role. */

import { el, fill } from "./dom.js";
import { hasWord, word } from "./language.js";
import { isCoach, isOffice } from "./selection.js";

function sectionOf(user) {
  if (isCoach(user)) return word("coach");
  if (isOffice(user)) return word("office");
  return user.class || word("others");
}

function sections(users) {
  const found = new Map();
  for (const user of users) {
    const section = sectionOf(user);
    found.set(section, [...(found.get(section) ?? []), user]);
  }
  return found;
}

function labelOf(user) {
  const place = isCoach(user) ? [user.class, hasWord(user.role) ? word(user.role) : null] : [];
  const what = place.filter((part) => part && part !== word("coach")).join(word("personJoin"));
  return what ? word("personWith", { name: user.name, what }) : user.name;
}

function option(id, text, chosen) {
  return el("option", { value: id, selected: id === chosen }, text);
}

function grouped(users, chosen) {
  const found = sections(users);
  const options = (list) => list.map((user) => option(user.id, labelOf(user), chosen));
  if (found.size < 2) return options(users);
  return [...found].map(([label, list]) => el("optgroup", { label }, options(list)));
}

function staffLast(user) {
  return Number(isCoach(user)) + 2 * Number(isOffice(user));
}

/** The people in the order this phone offers them: a coach's phone begins with the coaches. */
function ordered(users, kind) {
  const rank = kind === "coach" ? (user) => Number(!isCoach(user)) : staffLast;
  return [...users].sort((one, other) => rank(one) - rank(other));
}

function select(name, labelWord, choose) {
  const on = { change: (event) => choose(event.target.value) };
  return el("select", { class: "chooser", "aria-label": word(labelWord), data: { choose: name }, on });
}

/** The select for the person of a 1:1 phone. */
export function personChooser(kind, selection) {
  const chosen = selection.current()[kind];
  const node = select(kind, "person", (id) => selection.choose({ [kind]: id }));
  fill(node, grouped(ordered(selection.store.users, kind), chosen));
  return node;
}

/** The two selects of the group phone: which group, and through whose eyes. */
export function groupChoosers(selection) {
  const { group, as } = selection.current();
  const which = select("group", "whichGroup", (id) => selection.choose({ group: id, as: null }));
  fill(which, selection.store.groups.map(({ id, name }) => option(id, name, group)));
  const members = (selection.store.group(group)?.members ?? []).map((id) => selection.store.user(id));
  const whom = select("as", "asWhom", (id) => selection.choose({ as: id }));
  fill(whom, members.filter(Boolean).map(({ id, name }) => option(id, word("asPrefix", { name }), as)));
  return [which, whom];
}
