/** Hands and screens: labels that are pressed, fingers that draw, files that are dropped, screens that change. */

import { expect, test, type Page } from './page-test';
import { button, choose, notTheFirstTime, openAtRest, output, read, rest, until } from './actions';

for (const language of ['C', 'C.UTF-8', '']) {
  test(`a browser that calls its language “${language}” gets the page in English`, async ({ page }) => {
    await page.addInitScript((name) => {
      Object.defineProperty(Navigator.prototype, 'language', { get: () => name, configurable: true });
      Object.defineProperty(Navigator.prototype, 'languages', { get: () => [name], configurable: true });
    }, language);
    await openAtRest(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Density Playground');
  });
}

test('the label of a choice, a switch and a slider reaches its control; the mark beside it says what it means', async ({
  page,
}) => {
  await openAtRest(page, '#model.family=made');
  await page.getByText('More of the model').click();
  const onlyOnce = (name: string) => page.getByText(name, { exact: true }).first();
  await onlyOnce('Order-agnostic').click();
  await expect(page.getByRole('checkbox', { name: 'Order-agnostic' })).toBeChecked();
  await onlyOnce('Conditionals').click();
  await expect(page.getByRole('combobox', { name: 'Conditionals' })).toBeFocused();
  await onlyOnce('Base').click();
  await expect(page.getByRole('combobox', { name: 'Base distribution' })).toBeFocused();
  await onlyOnce('Units').click();
  await expect(page.getByRole('slider', { name: 'Hidden units' })).toBeFocused();
  await page.getByText('Training', { exact: true }).click();
  await onlyOnce('Clip the gradient').click();
  await expect(page.getByRole('checkbox', { name: 'Clip the gradient' })).not.toBeChecked();
  await expect(page.getByRole('note')).toHaveCount(0);
  await button(page, 'What is Base distribution?').click();
  await expect(page.getByRole('note')).toBeVisible();
});

test('another seed is one that nobody chose, and undo brings the old one back', async ({ page }) => {
  await openAtRest(page);
  await page.getByText('Training', { exact: true }).click();
  const seed = page.getByRole('spinbutton', { name: 'Seed' });
  const before = await seed.inputValue();
  await button(page, 'Another seed').click();
  await expect(seed).not.toHaveValue(before);
  await expect(page).toHaveURL(/#defaults=2&seed=\d+$/);
  await button(page, 'Undo').click();
  await expect(seed).toHaveValue(before);
});

test('the card of the tour follows what it is about when the page is laid out anew', async ({ page }) => {
  await openAtRest(page);
  await button(page, 'Help').click();
  await button(page, 'Take the tour').click();
  const boxes = async () => {
    const card = await page.getByRole('dialog', { name: /^Tour/ }).boundingBox();
    const stage = await page.getByRole('img', { name: /Learned density/ }).boundingBox();
    if (!card || !stage) throw new Error('the tour is not on the page');
    return { card, stage };
  };
  for (const [width, height] of [
    [1440, 900],
    [1024, 600],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect
      .poll(async () => {
        const { card, stage } = await boxes();
        const inside = card.x >= 0 && card.y >= 0 && card.x + card.width <= width;
        const free =
          card.x >= stage.x + stage.width ||
          card.x + card.width <= stage.x ||
          card.y >= stage.y + stage.height;
        return inside && free && card.y + card.height <= height;
      })
      .toBe(true);
  }
});

test.describe('drawing', () => {
  const area = async (page: Page) => {
    const box = await page.getByRole('application').boundingBox();
    if (!box) throw new Error('the drawing area is not on the page');
    return box;
  };

  test('works where a browser does not tell moves one by one', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents'));
    await openAtRest(page);
    await choose(page, 'Draw your own');
    const box = await area(page);
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 200, { steps: 5 });
    await page.mouse.up();
    await expect(page).toHaveURL(/drawing=/);
  });

  test('encodes what a hand drew once for each frame, however many moves there were', async ({ page }) => {
    await openAtRest(page);
    await choose(page, 'Draw your own');
    const encoded = await page.getByRole('application').evaluate(async (element) => {
      let count = 0;
      const { btoa } = window;
      window.btoa = (text) => {
        if (text.length === 128 * 128) count += 1;
        return btoa(text);
      };
      const box = element.getBoundingClientRect();
      const send = (type: string, i: number) =>
        element.dispatchEvent(
          new PointerEvent(type, {
            bubbles: true,
            pointerId: 1,
            button: type === 'pointerdown' ? 0 : -1,
            buttons: 1,
            clientX: box.left + 100 + i,
            clientY: box.top + 100,
          }),
        );
      element.setPointerCapture = () => undefined;
      send('pointerdown', 0);
      const begun = count;
      for (let i = 1; i <= 50; i++) send('pointermove', i);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const moved = count - begun;
      window.btoa = btoa;
      return moved;
    });
    expect(encoded).toBe(1);
  });

  test.describe('with fingers', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('two of them never paint', async ({ page }) => {
      await openAtRest(page);
      await button(page, 'Target').tap();
      await page.getByRole('radio', { name: 'Draw your own' }).tap();
      const { x, y } = await area(page);
      const client = await page.context().newCDPSession(page);
      const touch = (
        type: 'touchStart' | 'touchMove' | 'touchEnd',
        ...touchPoints: { x: number; y: number }[]
      ) =>
        client.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: touchPoints.map((point, id) => ({ id, x: x + point.x, y: y + point.y })),
        });
      await touch('touchStart', { x: 80, y: 80 });
      await touch('touchStart', { x: 80, y: 80 }, { x: 200, y: 200 });
      await touch('touchMove', { x: 90, y: 90 }, { x: 190, y: 190 });
      await touch('touchMove', { x: 110, y: 110 }, { x: 170, y: 170 });
      await touch('touchEnd');
      await button(page, 'Done').tap();
      await expect(page).not.toHaveURL(/drawing=/);
      await button(page, 'Target').tap();
      await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
    });
  });
});

test('a denser screen repaints the stage at rest', async ({ page }) => {
  await openAtRest(page);
  const pixels = () =>
    page.getByRole('img', { name: /Learned density/ }).evaluate((stage) => {
      const canvas = stage.querySelector('canvas:last-of-type');
      return canvas instanceof HTMLCanvasElement ? canvas.width / canvas.clientWidth : 0;
    });
  expect(await pixels()).toBe(1);
  const client = await page.context().newCDPSession(page);
  // Another width too: without one Chromium emulates the density and tells nobody. The stage is as wide as it is high.
  const metrics = { height: 900, mobile: false };
  await client.send('Emulation.setDeviceMetricsOverride', { ...metrics, width: 1438, deviceScaleFactor: 2 });
  await expect.poll(pixels).toBe(2);
  await client.send('Emulation.setDeviceMetricsOverride', { ...metrics, width: 1440, deviceScaleFactor: 1 });
  await expect.poll(pixels).toBe(1);
});

test('runs side by side get no star before they have trained, nor under different objectives', async ({
  page,
}) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&2.model.ordering=[1,0]&2.model.hidden=[8]');
  const table = page.getByRole('table', { name: 'The runs compared' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table).not.toContainText('(best)');
  await page.goto('about:blank');
  await openAtRest(page, '#target.kind=eight-gaussians&model.family=realnvp&2.objective.kind=reverse-kl');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  const rows = table.getByRole('row');
  for (const row of [1, 2]) {
    await expect
      .poll(async () => Number(await rows.nth(row).getByRole('cell').nth(4).textContent()))
      .toBeGreaterThan(5);
    for (const column of [0, 1, 2, 3])
      await expect(rows.nth(row).getByRole('cell').nth(column)).not.toContainText('(best)');
  }
});

for (const path of ['?lesson=ordering', '?lessons', '?embed', '']) {
  test(`a file that is dropped does not take the page’s place: /${path}`, async ({ page }) => {
    await notTheFirstTime(page);
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    const stays = await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x,y\n1,2\n2,3\n3,5\n'], 'points.csv', { type: 'text/csv' }));
      return ['dragover', 'drop'].map(
        (type) =>
          !document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
          ),
      );
    });
    expect(stays).toEqual([true, true]);
    if (path === '?embed')
      await expect(page.getByRole('alert')).toContainText('A file can’t be opened in a frame.');
    else if (path !== '?lessons')
      await expect(page.getByRole('region', { name: 'What you brought' })).toBeVisible();
  });
}

test('keys of one letter can be turned off, and stay off; the others go on', async ({ page }) => {
  await openAtRest(page);
  const taken = output(page, 'Steps taken');
  await page.keyboard.press('s');
  await expect(taken).toHaveText('1');
  await button(page, 'Help').click();
  await page.getByRole('checkbox', { name: 'Keys of one letter' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
  await page.keyboard.press('s');
  await page.keyboard.press('o');
  await page.keyboard.press('d');
  await expect(page.getByRole('application')).toHaveCount(0);
  await expect(button(page, 'Undo')).toBeDisabled();
  await expect(taken).toHaveText('0');
  await page.keyboard.press('Space');
  await until(page, 'Steps taken').toBeGreaterThan(3);
});

test('a reset is taken back by one undo: the trained run is there again, and Ctrl Y resets it once more', async ({
  page,
}) => {
  await openAtRest(page, '#model.family=made');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(60);
  await rest(page);
  const taken = output(page, 'Steps taken');
  await expect(button(page, 'Play')).toBeVisible();
  // The last frame of the run is on the page once two looks at it are the same.
  let last = '';
  await expect
    .poll(async () => {
      const before = last;
      last = (await taken.textContent()) ?? '';
      return last === before;
    })
    .toBe(true);
  await page.keyboard.press('r');
  await expect(taken).toHaveText('0');
  const untrained = await read(page, 'KL in nats');
  await page.keyboard.press('Control+z');
  await expect(taken).toHaveText(last);
  await until(page, 'KL in nats').toBeLessThan(untrained);
  await expect(button(page, 'Undo')).toBeDisabled();
  await page.keyboard.press('Control+y');
  await expect(taken).toHaveText('0');
  await button(page, 'Undo').click();
  await expect(taken).toHaveText(last);
});

test('what is shown, the pace and the number of samples are in the link', async ({ page, context }) => {
  await openAtRest(page);
  await page.getByRole('checkbox', { name: 'target' }).uncheck();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('20 steps/s');
  await page.getByRole('combobox', { name: 'How many samples' }).selectOption('500');
  await expect(page).toHaveURL(/#defaults=2&shown=density,model,samples&pace=20&samples=500$/);
  const other = await context.newPage();
  await openAtRest(other, new URL(page.url()).hash);
  await expect(other.getByRole('checkbox', { name: 'target' })).not.toBeChecked();
  await expect(other.getByRole('checkbox', { name: 'model density' })).toBeChecked();
  await expect(other.getByRole('combobox', { name: 'Speed' })).toHaveValue('2');
  await expect(other.getByRole('combobox', { name: 'How many samples' })).toHaveValue('500');
  await other.goto('about:blank');
  await other.goto('/#shown=kitchen');
  await expect(other.getByRole('alert')).toContainText('“kitchen” in it is not shown on a stage');
});

test('a lesson keeps its guesses when it is loaded again, and undoes what was changed in it', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?lesson=ordering');
  const guess = page.getByRole('radio', { name: 'Only one of them.' });
  await guess.click();
  await page.reload();
  await expect(guess).toBeChecked();
  await expect(page.getByText('Now press play and see.')).toBeVisible();

  await page.goto('/?lesson=masks&step=4');
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
  await expect(button(page, 'Undo')).toBeDisabled();
  await page.getByText('Change the experiment').click();
  const family = (name: string) => page.getByRole('radio', { name, exact: true });
  await family('NADE').click();
  await button(page, 'Undo').click();
  await expect(family('MADE')).toBeChecked();
  await page.keyboard.press('Control+y');
  await expect(family('NADE')).toBeChecked();
  await page.keyboard.press('Control+z');
  await expect(family('MADE')).toBeChecked();
});

test('presenting keeps what was trained, there and back', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?lesson=ordering');
  const taken = output(page, 'Steps taken');
  await button(page, 'One step').click();
  await button(page, 'One step').click();
  await expect(taken).toHaveText('2');
  await button(page, 'Present').click();
  await expect(button(page, 'Leave presenting')).toBeVisible();
  await expect(taken).toHaveText('2');
  await page.keyboard.press('Escape');
  await expect(button(page, 'Present')).toBeVisible();
  await expect(taken).toHaveText('2');
});

for (const [runs, least] of [
  [2, 400],
  [3, 250],
  [4, 225],
] as const) {
  test(`${runs} runs side by side have large square pictures`, async ({ page }) => {
    const others = ['2.model.ordering=[1,0]', '3.seed=2', '4.seed=3'].slice(0, runs - 1);
    await openAtRest(page, `#target.kind=crescent&model.family=made&${others.join('&')}`);
    const pictures = page.getByRole('img', { name: /Learned density/ });
    await expect(pictures).toHaveCount(runs);
    for (const picture of await pictures.all()) {
      const box = await picture.boundingBox();
      expect(box?.width).toBe(box?.height);
      expect(box?.width).toBeGreaterThanOrEqual(least);
    }
    const over = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(over).toEqual([0, 0]);
  });
}
