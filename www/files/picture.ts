/** A part of the page as a picture: one drawing of its canvases, drawings, boxes and words, each at its place. */

/** Properties of a drawing that the page's style sheets decide. */
const STYLES = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'color'],
  ...['font-family', 'font-size', 'font-style', 'font-weight', 'text-anchor'],
];

/** Controls are no part of a picture, nor are formulas, which only a browser can set; a term that explains itself is a word. */
const LEFT_OUT = 'button:not(.term), .mark, input, select, summary, math, [popover], .hidden, script, style';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** A drawing that needs no style sheet, at its place. */
function standalone(svg: SVGSVGElement, x: number, y: number): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const own = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(own[i] ?? svg);
    if (element instanceof SVGElement)
      for (const name of STYLES) element.style.setProperty(name, style.getPropertyValue(name));
  });
  const { width, height } = svg.getBoundingClientRect();
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, String(value));
  // What the page lets hang over its edge would be cut off.
  copy.setAttribute('overflow', 'visible');
  copy.style.overflow = 'visible';
  return copy;
}

/** The element's own box, where it has a colour or an outline. */
function boxOf(element: Element, place: DOMRect): SVGElement | null {
  const style = getComputedStyle(element);
  const filled = !/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor);
  const width = parseFloat(style.borderTopWidth);
  const outlined = width > 0 && parseFloat(style.borderLeftWidth) > 0;
  if (!filled && !outlined) return null;
  const rect = document.createElementNS(NAMESPACE, 'rect');
  const attributes = {
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    rx: parseFloat(style.borderTopLeftRadius) || 0,
    fill: filled ? style.backgroundColor : 'none',
    stroke: outlined ? style.borderTopColor : 'none',
    'stroke-width': outlined ? width : 0,
    'stroke-dasharray': style.borderTopStyle === 'dashed' ? '4 2' : 'none',
  };
  for (const [name, value] of Object.entries(attributes)) rect.setAttribute(name, String(value));
  return rect;
}

/** The words of a text, a line at a time. */
function* linesOf(text: Text): Generator<{ words: string; place: DOMRect }> {
  const range = document.createRange();
  let line: { words: string; place: DOMRect } | null = null;
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const place = range.getBoundingClientRect();
    if (place.width === 0) continue;
    if (line && Math.abs(line.place.y - place.y) < 2) line.words += ` ${word}`;
    else {
      if (line) yield line;
      line = { words: word, place };
    }
  }
  if (line) yield line;
}

const measuring = document.createElement('canvas').getContext('2d');

function wordsOf(text: Text, frame: DOMRect): SVGElement[] {
  const parent = text.parentElement;
  if (!parent) return [];
  const style = getComputedStyle(parent);
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  if (measuring) measuring.font = font;
  const ascent = measuring?.measureText('x').fontBoundingBoxAscent ?? parseFloat(style.fontSize);
  return [...linesOf(text)].map(({ words, place }) => {
    const line = document.createElementNS(NAMESPACE, 'text');
    line.setAttribute('x', String(place.x - frame.x));
    line.setAttribute('y', String(place.y - frame.y + ascent));
    line.style.font = font;
    line.style.fill = style.color;
    line.textContent = style.textTransform === 'uppercase' ? words.toUpperCase() : words;
    return line;
  });
}

/** Paper around a picture, in pixels. */
const MARGIN = 12;

/** An element of the page as a drawing of its own. */
function drawing(element: HTMLElement, ground: string): SVGSVGElement {
  const inner = element.getBoundingClientRect();
  const frame = new DOMRect(
    inner.x - MARGIN,
    inner.y - MARGIN,
    inner.width + 2 * MARGIN,
    inner.height + 2 * MARGIN,
  );
  const whole = document.createElementNS(NAMESPACE, 'svg');
  whole.setAttribute('xmlns', NAMESPACE);
  whole.setAttribute('width', String(Math.ceil(frame.width)));
  whole.setAttribute('height', String(Math.ceil(frame.height)));
  whole.setAttribute('viewBox', `0 0 ${Math.ceil(frame.width)} ${Math.ceil(frame.height)}`);
  const paper = document.createElementNS(NAMESPACE, 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: ground }))
    paper.setAttribute(name, value);
  whole.append(paper);
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      whole.append(...wordsOf(node, frame));
      return;
    }
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) return;
    const box = node.getBoundingClientRect();
    const place = new DOMRect(box.x - frame.x, box.y - frame.y, box.width, box.height);
    if (node instanceof SVGSVGElement) {
      if (box.width > 0) whole.append(standalone(node, place.x, place.y));
      return;
    }
    if (node instanceof HTMLCanvasElement) {
      if (box.width === 0 || node.width === 0) return;
      const image = document.createElementNS(NAMESPACE, 'image');
      const { x, y, width, height } = place;
      for (const [name, value] of Object.entries({ x, y, width, height }))
        image.setAttribute(name, String(value));
      image.setAttribute('href', node.toDataURL());
      whole.append(image);
      return;
    }
    const own = node === element ? null : boxOf(node, place);
    if (own) whole.append(own);
    for (const child of node.childNodes) visit(child);
  };
  visit(element);
  return whole;
}

/** The drawing as the text of a file. */
export const svg = (element: HTMLElement, ground: string): string =>
  new XMLSerializer().serializeToString(drawing(element, ground));

/** Paints an element on a canvas: with a `scale` the canvas gets the size for it, else it keeps its own. */
export async function paint(
  element: HTMLElement,
  ground: string,
  canvas: HTMLCanvasElement,
  scale: number | null = null,
): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(element, ground))}`;
  await image.decode();
  // Recorders of films want even sides.
  const even = (side: number) => 2 * Math.ceil((side * (scale ?? 1)) / 2);
  if (scale !== null) [canvas.width, canvas.height] = [even(image.width), even(image.height)];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
}

/** An element at twice its size on the page, as PNG. */
export async function png(element: HTMLElement, ground: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  await paint(element, ground, canvas, 2);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
