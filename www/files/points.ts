/** What the worker for points does: reads a table, makes a drawing of two of its columns, and takes its rows. */

import type { DataTable, Picked } from '../tables/data-table';
import { survey, takeRows, type Survey } from './data-rows';
import { estimate } from './density';
import type { Message } from './message';
import type { Mark } from './numbers';
import { readNpy } from './npy';
import { readNpz } from './npz';
import { place, type Placed } from './placement';
import { pairsOf, type Left, type Table } from './table';
import { readText } from './text';

/** A file with points, not read yet. */
export type PointsSource =
  { format: 'npy' | 'npz'; bytes: Uint8Array<ArrayBuffer> } | { format: 'text'; text: string; mark?: Mark };

/** What the page is told of a table; its numbers stay where they were read. */
export type Summary = Pick<Table, 'names' | 'first' | 'rows' | 'reading' | 'mark'>;

/** How a table becomes a drawing. */
export interface Choice {
  columns: [number, number];
  /** Points far outside too. */
  everything: boolean;
  side: number;
  half: number;
}

/** Two columns as a drawing. */
export interface Drawn extends Omit<Placed, 'points'> {
  cells: Uint8Array<ArrayBuffer>;
  /** Points with two numbers. */
  count: number;
  left: Left[];
  leftCount: number;
}

export function readPoints(source: PointsSource): Table {
  if (source.format === 'text') return readText(source.text, source.mark);
  return (source.format === 'npy' ? readNpy : readNpz)(source.bytes);
}

export const summaryOf = ({ names, first, rows, reading, mark }: Table): Summary => ({
  names,
  first,
  rows,
  reading,
  mark,
});

export function draw(table: Table, { columns, everything, side, half }: Choice): Drawn {
  const { x, y, left, leftCount } = pairsOf(table, columns);
  const { points, ...placed } = place(x, y, half, everything);
  return { ...placed, cells: estimate(points, side, half), count: x.length, left, leftCount };
}

export type PointsRequest =
  | { kind: 'read'; source: PointsSource }
  | { kind: 'draw'; choice: Choice }
  | { kind: 'survey'; picked: Picked }
  | { kind: 'rows'; name: string; picked: Picked };
/** Requests are answered in their order. */
export type PointsEvent =
  | { kind: 'table'; summary: Summary }
  | { kind: 'drawn'; drawn: Drawn }
  | { kind: 'survey'; survey: Survey }
  | { kind: 'rows'; table: DataTable }
  | { kind: 'refused'; why: Message };

/** What is asked of a table that was read. */
export function answerOf(table: Table, request: Exclude<PointsRequest, { kind: 'read' }>): PointsEvent {
  switch (request.kind) {
    case 'draw':
      return { kind: 'drawn', drawn: draw(table, request.choice) };
    case 'survey':
      return { kind: 'survey', survey: survey(table, request.picked) };
    case 'rows':
      return { kind: 'rows', table: takeRows(table, request.name, request.picked) };
  }
}
