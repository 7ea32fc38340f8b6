/** Who holds which phone, remembered in the address: #member=U…&coach=U…&group=C…&as=U… */

const NAMES = ["member", "coach", "group", "as"];

/** Whether a person coaches. */
export function isCoach(user) {
  return /coach/i.test(user?.role ?? "");
}

/** Whether a person works in the office. */
export function isOffice(user) {
  return /office|admin/i.test(user?.role ?? "");
}

function fromHash() {
  const asked = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(NAMES.map((name) => [name, asked.get(name)]));
}

function defaultCoach(store) {
  return store.users.find(isCoach) ?? store.users[1] ?? store.users[0];
}

function defaultGroup(store, coach) {
  return store.groups.find((group) => group.members?.includes(coach)) ?? store.groups[0];
}

function defaultMember(store, group, coach) {
  const members = store.users.filter((user) => !isCoach(user) && !isOffice(user));
  const together = members.find((user) => group?.members?.includes(user.id));
  return together ?? members.find((user) => user.id !== coach) ?? store.users[0];
}

function viewer(group, asked, member) {
  const members = group?.members ?? [];
  return [asked, member].find((id) => id && members.includes(id)) ?? members[0] ?? null;
}

/** The choice of persons and group; says "change" when it changes. */
export class Selection extends EventTarget {
  constructor(store) {
    super();
    this.store = store;
    this.chosen = fromHash();
    addEventListener("hashchange", () => this.restore());
  }

  restore() {
    this.chosen = fromHash();
    this.dispatchEvent(new Event("change"));
  }

  /** Choose a person or group for one place and write it into the address. */
  choose(changes) {
    const before = this.current();
    const moved = "member" in changes && before.as === before.member;
    // Unless somebody else was picked for the group's phone, the member looks at it.
    this.chosen = { ...before, ...(moved ? { as: changes.member } : {}), ...changes };
    history.replaceState(null, "", this.address());
    this.dispatchEvent(new Event("change"));
  }

  /** What each phone shows now; anything unknown falls back to a sensible first choice. */
  current() {
    const { store, chosen } = this;
    const coach = store.user(chosen.coach) ?? defaultCoach(store);
    const group = store.group(chosen.group) ?? defaultGroup(store, coach?.id);
    const member = store.user(chosen.member) ?? defaultMember(store, group, coach?.id);
    const as = viewer(group, chosen.as, member?.id);
    return { member: member?.id, coach: coach?.id, group: group?.id, as };
  }

  /** The address that opens the page on exactly this choice. */
  address() {
    const entries = Object.entries(this.current()).filter(([, id]) => id);
    return `${location.pathname}${location.search}#${new URLSearchParams(entries)}`;
  }
}
