/** Whether a person can see the page: its tab is in front and, inside another page, its frame is in sight. */

/** Tells from now on. What is returned ends it. */
export function watchVisibility(onChange: (visible: boolean) => void): () => void {
  let inSight = true;
  let last = true;
  const tell = () => {
    const visible = inSight && document.visibilityState === 'visible';
    if (visible !== last) onChange((last = visible));
  };
  document.addEventListener('visibilitychange', tell);
  let observer: IntersectionObserver | null = null;
  if (window.parent !== window) {
    observer = new IntersectionObserver((entries) => {
      inSight = entries.at(-1)?.isIntersecting ?? true;
      tell();
    });
    observer.observe(document.documentElement);
  }
  tell();
  return () => {
    document.removeEventListener('visibilitychange', tell);
    observer?.disconnect();
  };
}
