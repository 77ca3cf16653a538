/** Reads one file with points, away from the page's thread; it lives as long as the file is looked at. */

import { answerOf, readPoints, summaryOf, type PointsEvent, type PointsRequest } from './points';
import { FileProblem } from './problem';
import type { Table } from './table';

let table: Table | null = null;

function answer(request: PointsRequest): PointsEvent {
  if (request.kind === 'read') {
    table = readPoints(request.source);
    return { kind: 'table', summary: summaryOf(table) };
  }
  if (!table) throw new Error('nothing was read');
  return answerOf(table, request);
}

addEventListener('message', ({ data }: MessageEvent<PointsRequest>) => {
  let event: PointsEvent;
  try {
    event = answer(data);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    event = { kind: 'refused', why: error.said };
  }
  const rows = event.kind === 'rows' ? [event.table.values.buffer] : [];
  postMessage(event, { transfer: rows });
});
