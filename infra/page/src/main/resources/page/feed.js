// The cells that the server sends, and the cloud's clock. A hidden tab lets go of its connection: a
// browser keeps six to one server, and the seventh tab would see nothing.

export class Feed {
  #kinds = new Map();
  #opened = { history: new Set(), group: new Set() };
  #source = null;
  #onChange;
  #onLink;
  #sync = null;
  #retry = 0;

  constructor(onChange, onLink) {
    this.#onChange = onChange;
    this.#onLink = onLink;
    document.addEventListener("visibilitychange", () => this.#follow());
    this.#follow();
  }

  /** The cloud's time in ms; null before the first word of it. */
  now() {
    return this.#sync && this.#sync.cloud + (performance.now() - this.#sync.local) * this.speed();
  }

  /** The cloud's time of the last word in ms; null before the first. */
  heard() {
    return this.#sync && this.#sync.cloud;
  }

  speed() {
    return this.cell("cloud")?.speed ?? 1;
  }

  cell(key) {
    return this.#kinds.get(kindOf(key))?.get(key);
  }

  /** The cells whose keys begin with this kind and a slash, as [key, cell]. */
  under(kind) {
    return [...(this.#kinds.get(kind) ?? [])];
  }

  /** Whether the server is asked for more of this: the history of a target, a group's instances. */
  isOpened(what, name) {
    return this.#opened[what].has(name);
  }

  /** Asks for more of it, or for no more: a new connection, since a stream cannot be asked. */
  open(what, name, wanted) {
    if (this.#opened[what].has(name) === wanted) return;
    if (wanted) this.#opened[what].add(name);
    else this.#opened[what].delete(name);
    this.#again();
  }

  /** Asks for no more than these of what was opened: {what: [name, ...]}. */
  keep(wanted) {
    const stale = Object.entries(this.#opened).flatMap(([what, names]) =>
      [...names].filter((name) => !wanted[what].includes(name)).map((name) => [what, name]));
    if (stale.length === 0) return;
    stale.forEach(([what, name]) => this.#opened[what].delete(name));
    this.#again();
  }

  #again() {
    this.#source?.close();
    this.#source = null;
    this.#follow();
  }

  #follow() {
    if (document.hidden) {
      this.#source?.close();
      this.#source = null;
    } else if (!this.#source) {
      this.#connect();
    }
  }

  #connect() {
    const asked = Object.entries(this.#opened).flatMap(([what, names]) => [...names].map((name) => [what, name]));
    const query = new URLSearchParams(asked).toString();
    const source = new EventSource(query ? `events?${query}` : "events");
    this.#source = source;
    source.addEventListener("all", (event) => {
      this.#kinds.clear();
      this.#take(JSON.parse(event.data), true);
      this.#onLink("live");
    });
    source.addEventListener("change", (event) => this.#take(JSON.parse(event.data), false));
    source.onerror = () => this.#lost(source);
  }

  #lost(source) {
    if (this.#source !== source) return;
    this.#onLink("lost");
    if (source.readyState === EventSource.CLOSED) {
      this.#source = null;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#follow(), 2000);
    }
  }

  #take({ now, set, gone }, whole) {
    this.#sync = { cloud: now, local: performance.now() };
    for (const [key, cell] of Object.entries(set)) this.#kind(kindOf(key)).set(key, cell);
    for (const key of gone) this.#kind(kindOf(key)).delete(key);
    const touched = new Set([...Object.keys(set), ...gone].map(kindOf));
    this.#onChange((kind) => whole || touched.has(kind));
  }

  #kind(kind) {
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, new Map());
    return this.#kinds.get(kind);
  }
}

const kindOf = (key) => key.split("/", 1)[0];
