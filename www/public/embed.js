// <density-playground>: the playground in a page of yours, as one element.
//
//   <script type="module" src="https://your.site/playground/embed.js"></script>
//   <density-playground link="target.kind=crescent&model.family=made" views="conditionals"></density-playground>

class DensityPlayground extends HTMLElement {
  static observedAttributes = ['link', 'views', 'lang'];
  #frame = document.createElement('iframe');

  connectedCallback() {
    this.style.display ||= 'block';
    this.style.height ||= '600px';
    Object.assign(this.#frame.style, { width: '100%', height: '100%', border: '0' });
    this.#frame.title = this.getAttribute('title') ?? 'Density Playground';
    this.#frame.allow = 'fullscreen; clipboard-write';
    this.#show();
    this.append(this.#frame);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  /** `link` is what stands behind the # of the page's address; `views` the views to open, with commas between them; `lang` its language. */
  #show() {
    const link = (this.getAttribute('link') ?? '').replace(/^#/, '');
    const views = this.getAttribute('views');
    const parts = [link, views ? `views=${views}` : ''].filter((part) => part !== '');
    const address = new URL('./?embed', import.meta.url);
    if (this.lang) address.searchParams.set('lang', this.lang);
    address.hash = parts.join('&');
    this.#frame.src = address.href;
  }
}

if (!customElements.get('density-playground')) customElements.define('density-playground', DensityPlayground);
