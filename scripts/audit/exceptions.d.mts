export interface Answer {
  database: string;
  unreached: string | null;
  found: { ids: string[]; what: string; title: string; informational?: string }[];
}
export interface Exception {
  id: string;
  reason: string;
  until: string;
}
export function judge(
  answers: Answer[],
  exceptions: Exception[],
  today: Date,
): { failures: string[]; notes: string[] };
