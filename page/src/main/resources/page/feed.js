// The cells that the server sends, and the cloud's clock. A hidden tab lets go of its connection: a
// browser keeps six to one server, and the seventh tab would see nothing.

export class Feed {
  cells = new Map();
  #source = null;
  #onChange;
  #onLink;
  #sync = null;

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

  speed() {
    return this.cells.get("cloud")?.speed ?? 1;
  }

  /** The cells whose keys begin so, as [key, cell]. */
  under(prefix) {
    return [...this.cells].filter(([key]) => key.startsWith(prefix));
  }

  #follow() {
    if (document.hidden) {
      this.#source?.close();
      this.#source = null;
    } else if (!this.#source) {
      this.#open();
    }
  }

  #open() {
    const source = new EventSource("events");
    this.#source = source;
    source.addEventListener("all", (event) => {
      this.cells.clear();
      this.#take(JSON.parse(event.data), true);
      this.#onLink("live");
    });
    source.addEventListener("change", (event) => this.#take(JSON.parse(event.data), false));
    source.onerror = () => {
      this.#onLink("lost");
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        this.#source = null;
        setTimeout(() => this.#follow(), 2000);
      }
    };
  }

  #take({ now, set, gone }, whole) {
    this.#sync = { cloud: now, local: performance.now() };
    for (const [key, cell] of Object.entries(set)) this.cells.set(key, cell);
    for (const key of gone) this.cells.delete(key);
    const touched = new Set([...Object.keys(set), ...gone].map((key) => key.split("/", 1)[0]));
    this.#onChange((kind) => whole || touched.has(kind));
  }
}
