/** Files that are dropped on the page: a browser opens them in the page's place, and all that was trained is gone. */

/** Where files can be used: the last part of the page that said so. */
let taker: ((file: File) => void) | null = null;

/** Keeps the page where it is whatever is dropped on it; until `takeFiles` the pointer shows that nothing takes it. */
export function keepFiles(page: EventTarget = window): void {
  page.addEventListener('dragover', (event) => {
    event.preventDefault();
    const { dataTransfer } = event as DragEvent;
    if (dataTransfer) dataTransfer.dropEffect = taker ? 'copy' : 'none';
  });
  page.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = (event as DragEvent).dataTransfer?.files[0];
    if (file) taker?.(file);
  });
}

/** Hands the files that are dropped to `take` from now on; what it returns ends that. For `onMount`. */
export function takeFiles(take: (file: File) => void): () => void {
  taker = take;
  return () => {
    if (taker === take) taker = null;
  };
}
