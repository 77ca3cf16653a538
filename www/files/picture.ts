/** A part of the page as a picture: its canvases and drawings, each at its place. */

/** Properties of a drawing that the page's style sheets decide. */
const STYLES = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'color'],
  ...['font-family', 'font-size', 'font-style', 'font-weight', 'text-anchor'],
];

/** A drawing that needs no style sheet. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const own = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(own[i] ?? svg);
    if (element instanceof SVGElement)
      for (const name of STYLES) element.style.setProperty(name, style.getPropertyValue(name));
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  // What the page lets hang over its edge would be cut off.
  copy.style.overflow = 'visible';
  return new XMLSerializer().serializeToString(copy);
}

async function imageOf(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  return image;
}

/** All canvases and drawings of an element, on its ground, at twice the size of the page, as PNG. */
export async function png(element: HTMLElement, ground: string): Promise<Blob> {
  const SCALE = 2;
  const frame = element.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.ceil(frame.width * SCALE), Math.ceil(frame.height * SCALE)];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(SCALE, SCALE);
  context.fillStyle = ground;
  context.fillRect(0, 0, frame.width, frame.height);
  for (const part of element.querySelectorAll<HTMLCanvasElement | SVGSVGElement>('canvas, svg')) {
    const box = part.getBoundingClientRect();
    // Icons of buttons are not part of the picture.
    if (box.width === 0 || part.closest('button')) continue;
    const image = part instanceof SVGSVGElement ? await imageOf(part) : part;
    context.drawImage(image, box.left - frame.left, box.top - frame.top, box.width, box.height);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
