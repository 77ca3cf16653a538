/** The drawings of a part of the page as lines of text that differ where a person would see a difference. Runs in the page. */
export function drawingsOf(element: Element): string[] {
  /** Names that the compiler makes, and what only ties parts together. */
  const LEFT_OUT = ['id', 'clip-path', 'style', 'tabindex', 'data-unit'];
  const rounded = (text: string) =>
    text.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Math.round(10 * Number(number)) / 10));
  const lines = (node: Element, indent: string): string[] => {
    const classes = [...node.classList].filter((name) => !name.startsWith('svelte-'));
    const attributes = [...node.attributes]
      .filter(({ name }) => !LEFT_OUT.includes(name) && !['class', 'd'].includes(name))
      .map(({ name, value }) => ` ${name}="${rounded(value)}"`);
    const own = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
    const path = (node.getAttribute('d') ?? '').match(/[A-Za-z][^A-Za-z]*/g) ?? [];
    const inner = [
      ...path.map((part) => `${indent}  ${rounded(part)}`),
      ...[...node.children].flatMap((child) => lines(child, `${indent}  `)),
    ];
    const text = node.children.length === 0 ? (node.textContent ?? '').trim() : '';
    return [`${indent}<${node.tagName}${own}${attributes.join('')}>${text}`, ...inner];
  };
  // Signs on buttons are no drawings.
  return [...element.querySelectorAll('svg')]
    .filter((svg) => !svg.closest('button, .arrow'))
    .flatMap((svg) => lines(svg, ''));
}
