import { expect, test, vi } from 'vitest';
import { keepFiles, takeFiles } from './drop';

/** What a browser makes of a file over the page and its release there. */
function drop(page: EventTarget, file: File) {
  const dataTransfer = { dropEffect: 'copy', files: [file] };
  const send = (type: string) => {
    const event = Object.assign(new Event(type, { cancelable: true }), { dataTransfer });
    page.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { stays: send('dragover') && send('drop'), dropEffect: dataTransfer.dropEffect };
}

test('a file never takes the page’s place; whoever takes files gets it', () => {
  const page = new EventTarget();
  const file = new File(['1,2'], 'points.csv');
  keepFiles(page);
  expect(drop(page, file)).toEqual({ stays: true, dropEffect: 'none' });

  const take = vi.fn();
  const end = takeFiles(take);
  expect(drop(page, file)).toEqual({ stays: true, dropEffect: 'copy' });
  expect(take).toHaveBeenCalledExactlyOnceWith(file);
  end();
  expect(drop(page, file)).toEqual({ stays: true, dropEffect: 'none' });
  expect(take).toHaveBeenCalledOnce();
});
