/** Devices: fingers, pens and palms, small and magnified screens, the system's own colours, motion and keyboards. */

import { expect, test, type CDPSession, type Page } from './page-test';
import { axe } from './axe';
import { de } from '../../www/i18n/de';
import { en } from '../../www/i18n/en';
import {
  VIEWS,
  button,
  choose,
  notTheFirstTime,
  openAtRest,
  openView,
  output,
  rest,
  steps,
  until,
} from './actions';

/** Where on the drawing area something touches, in pixels from its left and top. */
interface Spot {
  x: number;
  y: number;
}

/** The hands of a person: fingers, and a pen, as the browser hears of them. */
async function hands(page: Page) {
  const client: CDPSession = await page.context().newCDPSession(page);
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the drawing area is not on the page');
  const at = ({ x, y }: Spot) => ({ x: box.x + x, y: box.y + y });
  const touch =
    (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel') =>
    (...spots: Spot[]) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: spots.map((spot, id) => ({ id, ...at(spot) })),
      });
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', spot: Spot, pressed: boolean) =>
    client.send('Input.dispatchMouseEvent', {
      type,
      ...at(spot),
      pointerType: 'pen',
      button: pressed || type === 'mouseReleased' ? 'left' : 'none',
      buttons: pressed ? 1 : 0,
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  return {
    land: touch('touchStart'),
    slide: touch('touchMove'),
    lift: touch('touchEnd'),
    taken: touch('touchCancel'),
    penDown: (spot: Spot) => pen('mousePressed', spot, true),
    penMove: (spot: Spot) => pen('mouseMoved', spot, true),
    penUp: (spot: Spot) => pen('mouseReleased', spot, false),
    hover: (spot: Spot) => pen('mouseMoved', spot, false),
  };
}

test.describe('fingers, pens and palms', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  const drawing = async (page: Page) => {
    await button(page, 'Target').tap();
    await page.getByRole('radio', { name: 'Draw your own' }).tap();
    return hands(page);
  };
  const untouched = async (page: Page) => {
    await expect(page).not.toHaveURL(/drawing=/);
    await expect(button(page, 'Undo')).toBeDisabled();
    await expect(button(page, 'Redo')).toBeDisabled();
  };

  test('two fingers that zoom paint nothing, and cost a run that trains nothing', async ({ page }) => {
    await openAtRest(page);
    await button(page, 'Play').tap();
    await until(page, 'Steps taken').toBeGreaterThan(50);
    const fingers = await drawing(page);
    const before = await steps(page);
    await fingers.land({ x: 80, y: 80 });
    await fingers.land({ x: 80, y: 80 }, { x: 200, y: 200 });
    await fingers.slide({ x: 60, y: 60 }, { x: 220, y: 220 });
    await fingers.slide({ x: 40, y: 40 }, { x: 240, y: 240 });
    await fingers.lift();
    await until(page, 'Steps taken').toBeGreaterThan(before + 10);
    await untouched(page);
  });

  test('a stroke is taken back when a second finger lands; the run goes on from where it was', async ({
    page,
  }) => {
    await openAtRest(page);
    await button(page, 'Play').tap();
    await until(page, 'Steps taken').toBeGreaterThan(50);
    const fingers = await drawing(page);
    const before = await steps(page);
    await fingers.land({ x: 80, y: 80 });
    await fingers.slide({ x: 140, y: 80 });
    await expect(button(page, 'Undo')).toBeEnabled();
    await fingers.land({ x: 140, y: 80 }, { x: 200, y: 200 });
    await fingers.lift();
    await untouched(page);
    await until(page, 'Steps taken').toBeGreaterThan(before + 10);
  });

  test('a touch that the browser takes for itself leaves no mark', async ({ page }) => {
    await openAtRest(page);
    const fingers = await drawing(page);
    await fingers.land({ x: 80, y: 80 });
    await fingers.slide({ x: 160, y: 90 });
    await expect(button(page, 'Undo')).toBeEnabled();
    await fingers.taken();
    await untouched(page);
  });

  test('the hand that rests beside a pen draws nothing; neither does a tip that hovers', async ({ page }) => {
    await openAtRest(page);
    /** A pen's stroke, with a palm or without one, and what is in the link after it. */
    const drawn = async (palm: boolean) => {
      const fingers = await drawing(page);
      await fingers.hover({ x: 40, y: 60 });
      await expect(page.getByRole('application').locator('circle')).toBeVisible();
      if (palm) await fingers.land({ x: 250, y: 300 });
      await fingers.penDown({ x: 60, y: 60 });
      if (palm) await fingers.slide({ x: 210, y: 280 });
      await fingers.penMove({ x: 160, y: 100 });
      await fingers.penUp({ x: 160, y: 100 });
      if (palm) await fingers.slide({ x: 150, y: 250 });
      if (palm) await fingers.lift();
      await fingers.hover({ x: 200, y: 20 });
      await expect(page).toHaveURL(/drawing=/);
      const { hash } = new URL(page.url());
      await button(page, 'Undo').tap();
      await expect(page).not.toHaveURL(/drawing=/);
      await button(page, 'Done').tap();
      return hash;
    };
    expect(await drawn(true)).toBe(await drawn(false));
  });
});

/** What can be pressed or moved and lies over the edge, under something else, or where no scrolling brings it. */
const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>('#app :is(button, a, input, select, summary)');
    const lost: string[] = [];
    for (const one of all) {
      if (one.closest('.hidden, [popover]') || one.getClientRects().length === 0) continue;
      // What is wider than it has room for scrolls in a box of its own: a table may (WCAG 1.4.10).
      if (one.closest('table')) continue;
      one.scrollIntoView({ block: 'center', inline: 'nearest' });
      const { left, top, width, height, right } = one.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = document.elementFromPoint(x, y);
      const there =
        hit !== null && (one.contains(hit) || hit.contains(one) || hit.closest('label')?.control === one);
      if (left < -0.5 || right > innerWidth + 0.5 || !there)
        lost.push(
          `${one.tagName} ${one.ariaLabel ?? one.textContent} at ${Math.round(left)} ${Math.round(top)}`,
        );
    }
    return lost;
  });

const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const [width, height, what] of [
  [320, 256, 'a screen of 1280x1024, magnified four times'],
  [320, 568, 'a small phone'],
  [390, 844, 'a phone'],
  [844, 390, 'a phone on its side'],
  [568, 320, 'a small phone on its side'],
  [768, 1024, 'a tablet'],
  [932, 430, 'a large phone on its side'],
] as const)
  for (const language of ['en', 'de'])
    test(`everything is in reach on ${what}, ${width}x${height}, ${language}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await notTheFirstTime(page);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`/?lang=${language}#target.kind=crescent&model.family=made&2.model.ordering=[1,0]`);
      const labels = language === 'de' ? de.page.tabs : en.page.tabs;
      const tab = (name: keyof typeof labels) => button(page, labels[name]);
      await expect(page.getByRole('img').first()).toBeVisible();
      for (const name of ['target', 'model', 'views', 'curve'] as const) {
        await tab(name).click();
        await expect(button(page, labels[name])).toHaveAttribute('aria-expanded', 'true');
        // All that can be unfolded.
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await outOfReach(page), name).toEqual([]);
        expect(await tooWide(page), name).toBe(0);
      }
      await tab('curve').click();
      expect(await outOfReach(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
    });

for (const path of ['?lessons', '?lesson=ordering', '?embed', '?embed#views=conditionals'])
  test(`nothing is wider than a magnified screen: /${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await notTheFirstTime(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/${path}`);
    await expect(page.getByRole('link').first()).toBeVisible();
    expect(await outOfReach(page)).toEqual([]);
    expect(await tooWide(page)).toBe(0);
  });

test('a view fits a magnified screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openAtRest(page);
  await page.locator('[data-tab=views]').click();
  for (const view of VIEWS) {
    await openView(page, view);
    expect(await outOfReach(page), view).toEqual([]);
    expect(await tooWide(page), view).toBe(0);
  }
});

test('nothing lies under a notch or behind the corners of a screen', async ({ page }) => {
  const client = await page.context().newCDPSession(page);
  for (const [width, height, insets] of [
    [844, 390, { top: 0, left: 47, right: 47, bottom: 21 }],
    [390, 844, { top: 47, left: 0, right: 0, bottom: 34 }],
    [1180, 820, { top: 24, left: 0, right: 0, bottom: 20 }],
  ] as const) {
    await page.setViewportSize({ width, height });
    await client.send('Emulation.setSafeAreaInsetsOverride', { insets });
    await openAtRest(page);
    const boxes = await page
      .locator('#app :is(button, select, input, summary, h1, [role=img])')
      .evaluateAll((all) =>
        all
          .filter((one) => one.getClientRects().length > 0 && !one.closest('.hidden, aside, main .below'))
          .map((one) => one.getBoundingClientRect())
          .map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
      );
    expect(boxes.length).toBeGreaterThan(10);
    expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(insets.left);
    expect(Math.min(...boxes.map(({ top }) => top))).toBeGreaterThanOrEqual(insets.top);
    expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(width - insets.right);
    expect(Math.max(...boxes.map(({ bottom }) => bottom))).toBeLessThanOrEqual(height - insets.bottom);
    await page.goto('about:blank');
  }
});

test.describe('an on-screen keyboard', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('covers nothing that is typed into, and leaves no gap when it goes', async ({ page }) => {
    // What a phone tells of its keyboard; there is none here.
    await page.addInitScript(() => {
      const seen = window.visualViewport;
      if (!seen) return;
      let covered = 0;
      const { height } = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height')
        ? { height: () => innerHeight - covered }
        : { height: () => innerHeight };
      Object.defineProperty(seen, 'height', { get: height });
      addEventListener('keyboard', (event) => {
        covered = (event as CustomEvent<number>).detail;
        seen.dispatchEvent(new Event('resize'));
      });
    });
    const keyboard = (pixels: number) =>
      page.evaluate((detail) => dispatchEvent(new CustomEvent('keyboard', { detail })), pixels);
    await openAtRest(page);
    await button(page, 'Model').tap();
    await page.getByText('Training', { exact: true }).tap();
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await seed.focus();
    await keyboard(320);
    const low = await seed.boundingBox();
    expect((low?.y ?? 0) + (low?.height ?? 0)).toBeLessThanOrEqual(844 - 320);
    const play = await button(page, 'Play').boundingBox();
    expect((play?.y ?? 0) + (play?.height ?? 0)).toBeLessThanOrEqual(844 - 320);
    await keyboard(0);
    const again = await button(page, 'Play').boundingBox();
    expect((again?.y ?? 0) + (again?.height ?? 0)).toBeGreaterThan(800);
  });
});

test.describe('forced colours', () => {
  test.use({ forcedColors: 'active' });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`what is chosen, what has the focus and every mark can be told, ${colorScheme}`, async ({
      page,
    }) => {
      await page.addInitScript(() => {
        if (location.protocol !== 'about:') localStorage.setItem('density-playground.theme', 'light');
      });
      await page.emulateMedia({ colorScheme });
      await openAtRest(page);
      const look = (name: string) =>
        page.getByRole('radio', { name, exact: true }).evaluate((one) => {
          const { backgroundColor, outlineStyle } = getComputedStyle(one);
          return { backgroundColor, outlineStyle };
        });
      expect((await look('MAF')).backgroundColor).not.toBe((await look('MADE')).backgroundColor);
      expect((await look('Two moons')).outlineStyle).toBe('solid');
      expect((await look('Crescent')).outlineStyle).toBe('none');
      const table = button(page, 'table');
      const off = await table.evaluate((one) => getComputedStyle(one).backgroundColor);
      await table.click();
      await page.mouse.move(0, 0);
      await expect.poll(() => table.evaluate((one) => getComputedStyle(one).backgroundColor)).not.toBe(off);
      // The focus has a line of its own, in the colour of what is chosen.
      await button(page, 'One step').focus();
      await page.keyboard.press('Shift+Tab');
      const ring = await button(page, 'Play').evaluate((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return `${outlineStyle} ${outlineWidth}`;
      });
      expect(ring).toBe('solid 3px');
      // The scale of colours keeps them; the page's own light or dark gives way to the system's.
      const scale = page.locator('.legend .bar');
      expect(await scale.evaluate((one) => getComputedStyle(one).backgroundImage)).toContain('gradient');
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(colorScheme);
      await expect(button(page, colorScheme === 'dark' ? 'Light colours' : 'Dark colours')).toBeHidden();
      const { violations } = await axe(page).withRules(['color-contrast']).analyze();
      expect(violations.flatMap(({ nodes }) => nodes.map((node) => node.html))).toEqual([]);
    });
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`who asks for more contrast gets 7 to 1, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, contrast: 'more' });
    await openAtRest(page);
    await page.getByText('More of the model').click();
    const { violations } = await axe(page).withRules(['color-contrast-enhanced']).analyze();
    expect(violations.flatMap(({ nodes }) => nodes.map((node) => node.html))).toEqual([]);
    const rule = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--rule'),
    );
    await page.emulateMedia({ contrast: 'no-preference' });
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--rule')),
    ).not.toBe(rule);
  });

test('nothing moves by itself for who asks for less motion', async ({ page }) => {
  await page.addInitScript(() => {
    const begun: string[] = [];
    Object.assign(window, { begun });
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, options) {
      const duration = typeof options === 'number' ? options : Number(options?.duration ?? 0);
      if (duration > 0) begun.push(`${this.tagName} ${duration}`);
      return animate.call(this, frames, options);
    };
    for (const type of ['animationstart', 'transitionstart'])
      addEventListener(type, (event) => begun.push(`${type} ${(event.target as Element).tagName}`), true);
  });
  const begun = () => page.evaluate(() => (window as unknown as { begun: string[] }).begun);
  await openAtRest(page);
  await expect(output(page, 'Steps taken')).toHaveText('0');
  await page.getByRole('button', { name: /^Flip the ordering/ }).click();
  await button(page, 'Layers').click();
  await button(page, 'Next layer').click();
  await choose(page, 'Crescent');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['Target', 'Model', 'Curve']) await button(page, tab).click();
  expect(await begun()).toEqual([]);
  // The same with motion: the cards swap places, the sheet rises.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await button(page, 'Model').click();
  await page.getByRole('button', { name: /^Flip the ordering/ }).click();
  await expect.poll(begun).not.toEqual([]);
});

test('what a run measures is not read out while it trains: only a line now and then', async ({ page }) => {
  await openAtRest(page, '#model.family=made&optimiser.schedule.kind=constant&pace=100');
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    /** Whether a screen reader says what changes here. */
    const live = (node: Node): Element | null => {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest('[aria-live], output, [role=status], [role=alert], [role=log]');
      return !region || region.getAttribute('aria-live') === 'off' || region.ariaHidden === 'true'
        ? null
        : region;
    };
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = live(target);
        // One that is emptied says nothing.
        if (region && region.textContent !== '')
          told.push(`${region.tagName} ${region.ariaLabel ?? ''}: ${region.textContent}`);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  /** What was read out since it was last asked for. */
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
  for (const view of VIEWS) {
    await openView(page, view);
    // Charts are read by the arrow keys: one of them is.
    const chart = page.getByRole('region', { name: 'Look closer' }).getByRole('img', { name: /Arrow keys/ });
    if ((await chart.count()) > 0) {
      await chart.first().focus();
      await page.keyboard.press('ArrowRight');
    }
    const before = await steps(page);
    await told();
    await button(page, 'Play').click();
    await until(page, 'Steps taken').toBeGreaterThan(before + 60);
    // The line that is read out every ten seconds.
    expect(
      (await told()).filter((line) => !/: Step [\d,]+, KL /.test(line)),
      view,
    ).toEqual([]);
    await rest(page);
  }
});

test('the choice to train on where nobody looks is kept', async ({ page }) => {
  await page.addInitScript(() => {
    const told: boolean[] = [];
    Object.assign(window, { told });
    const post = Worker.prototype.postMessage as (...message: unknown[]) => void;
    Worker.prototype.postMessage = function (...message: unknown[]) {
      const [request] = message as [{ kind?: string; visible?: boolean }];
      if (request.kind === 'visibility') told.push(request.visible === true);
      post.apply(this, message);
    };
  });
  const told = () => page.evaluate(() => (window as unknown as { told: boolean[] }).told);
  await openAtRest(page, '#optimiser.schedule.kind=constant');
  await button(page, 'CPU').click();
  await page.getByRole('checkbox', { name: 'Train on while out of sight' }).check();
  await page.reload();
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(5);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const hidden = await told();
  expect(hidden.length).toBeGreaterThan(0);
  expect(hidden).not.toContain(false);
  await page.getByRole('button', { name: /^CPU/ }).click();
  await page.getByRole('checkbox', { name: 'Train on while out of sight' }).uncheck();
  await expect(page.getByText('rests while out of sight')).toBeVisible();
  expect((await told()).at(-1)).toBe(false);
});

const HEADER = `
  - navigation "Page":
    - button "Undo" [disabled]
    - button "Redo" [disabled]
    - link "Lessons"
    - button "Share"
    - button "Files"
    - button "Dark colours"
    - button "Help"`;
const TRAINING = (indent: string) =>
  ['group "Training":', '  button "Play"', '  button "One step"', '  button "Reset"', '  combobox "Speed"']
    .map((line) => line.replace(/^( *)/, `${indent}$1- `))
    .join('\n');

test('the first screen as a screen reader finds it: landmarks, headings, names, in the order of reading', async ({
  page,
}) => {
  await openAtRest(page);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
- banner:
  - heading "Density Playground" [level=1]
${TRAINING('  ')}
  - status "Steps taken": "0"
  - button "CPU"${HEADER}
- complementary "Experiment":
  - region "Target":
    - heading "Target" [level=2]
    - radiogroup "Target":
      - radio "Two moons" [checked]
      - radio "Draw your own"
  - region "Model":
    - heading "Model" [level=2]
    - radiogroup "Family":
      - radio "MAF" [checked]
    - group "Ordering":
      - button "What is Ordering?"
      - button "Flip the ordering, now p(x1) p(x2 given x1)"
    - slider "Layers": "5"
    - slider "Hidden units"
    - group: More of the model
  - region "Objective":
    - heading "Objective" [level=2]
    - radiogroup "Objective":
      - radio "Forward KL" [checked]
      - radio "Reverse KL"
  - group: Training
- main:
  - img /Learned density at step 0, target Two moons, KL [\\d.]+ nats/
  - slider "Temperature": "1"
  - group "On the stage":
    - checkbox "model density" [checked]
    - checkbox "log colours"
    - checkbox "samples" [checked]
    - combobox "How many samples"
    - checkbox "model" [checked]
    - checkbox "target" [checked]
- complementary "What is seen":
  - region "How close":
    - heading "How close" [level=2]
    - term:
      - button "What is KL divergence?"
    - definition:
      - status "KL in nats"
    - term:
      - button "What is Held-out NLL?"
    - definition:
      - status "Held-out NLL in nats"
    - term:
      - button "What is Entropy H?"
    - definition:
      - status "Entropy in nats"
  - region "Side by side":
    - heading "Side by side" [level=2]
    - group "Side by side":
      - button "Ordering twin"
      - button "Objective twin"
      - button "Copy"
  - region "Look closer":
    - heading "Look closer" [level=2]
    - group "Views":
      - button "Conditionals"
  - region "Masked autoregressive flow":
    - heading "Masked autoregressive flow" [level=2]
- contentinfo:
  - figure:
    - button "log"
    - button "table"
    - img "held-out NLL, entropy H in nats, over steps. Arrow keys read the values."
`);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator('body')).toMatchAriaSnapshot(`
- banner:
  - heading "Density Playground" [level=1]${HEADER}
- main:
  - img /Learned density at step 0/
  - group "Side by side"
  - definition:
    - status "KL in nats"
  - slider "Temperature": "1"
  - group "On the stage"
- contentinfo:
  - status "Steps taken": "0"
  - button "CPU"
${TRAINING('  ')}
  - navigation "Panels":
    - button "Target"
    - button "Model"
    - button "Views"
    - button "Curve"
`);
  // A panel follows the button that opens it.
  await button(page, 'Target').click();
  await expect(page.getByRole('contentinfo')).toMatchAriaSnapshot(`
- navigation "Panels"
- region "Target":
  - region "Target":
    - radiogroup "Target"
`);
});
