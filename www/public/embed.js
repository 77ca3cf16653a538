// <density-playground>: the playground in a page of yours, as one element. embed.d.ts has its types.
//
//   <script type="module" src="https://your.site/playground/embed.js"></script>
//   <density-playground link="target.kind=crescent&model.family=made" views="conditionals"></density-playground>
//
// Its events, `step`, `converged` and `error`, say how the training goes: event.detail has the numbers, or the sentence.

const EVENTS = ['step', 'converged', 'error'];

class DensityPlayground extends HTMLElement {
  static observedAttributes = ['link', 'views', 'lang', 'title'];
  #frame = document.createElement('iframe');
  #heard = (event) => {
    if (event.source !== this.#frame.contentWindow) return;
    const { 'density-playground': type, detail } = event.data ?? {};
    if (EVENTS.includes(type)) this.dispatchEvent(new CustomEvent(type, { detail }));
  };

  connectedCallback() {
    this.style.display ||= 'block';
    this.style.height ||= '600px';
    Object.assign(this.#frame.style, { width: '100%', height: '100%', border: '0' });
    this.#name();
    this.#frame.allow = 'fullscreen; clipboard-write';
    addEventListener('message', this.#heard);
    this.#show();
    this.append(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener('message', this.#heard);
  }

  attributeChangedCallback(attribute) {
    if (!this.isConnected) return;
    if (attribute === 'title') this.#name();
    else this.#show();
  }

  /** What stands behind the # of the page's address. */
  get link() {
    return this.getAttribute('link') ?? '';
  }

  set link(link) {
    this.setAttribute('link', link);
  }

  /** The views to open, with commas between them. */
  get views() {
    return this.getAttribute('views') ?? '';
  }

  set views(views) {
    this.setAttribute('views', views);
  }

  #name() {
    this.#frame.title = this.getAttribute('title') ?? 'Density Playground';
  }

  #show() {
    const link = this.link.replace(/^#/, '');
    const parts = [link, this.views ? `views=${this.views}` : ''].filter((part) => part !== '');
    const address = new URL('./?embed', import.meta.url);
    if (this.lang) address.searchParams.set('lang', this.lang);
    address.hash = parts.join('&');
    this.#frame.src = address.href;
  }
}

if (!customElements.get('density-playground')) customElements.define('density-playground', DensityPlayground);
