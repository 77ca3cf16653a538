// What is found is a failure, unless audit-exceptions.json has a reason to put up with it, until a day.

/**
 * `answers`: of each database what it is called, why it could not be reached (or null), and what it knows: `ids` are all names of one advisory.
 * `exceptions`: `[{ id, reason, until: '2027-03-01' }]`.
 */
export function judge(answers, exceptions, today) {
  const failures = [];
  const notes = [];
  const used = new Set();
  for (const { id, reason, until } of exceptions) {
    if (!id || !reason || Number.isNaN(Date.parse(until)))
      failures.push(
        `audit-exceptions.json: “${id}” needs an id, a reason and a day, as 2027-03-01, until which it holds.`,
      );
    else if (Date.parse(until) < today.getTime())
      failures.push(
        `audit-exceptions.json: the exception ${id} held until ${until}. Update the package, or say why it can wait longer.`,
      );
  }
  for (const { database, unreached, found } of answers) {
    if (unreached !== null) {
      notes.push(`${database} could not be reached (${unreached}): nothing was asked of it.`);
      continue;
    }
    for (const { ids, what, title, informational } of found) {
      const exception = exceptions.find(({ id }) => ids.includes(id));
      const told = `${what}: ${ids.join(', ')}, ${title}`;
      if (exception) {
        used.add(exception.id);
        notes.push(`${told} (put up with until ${exception.until}: ${exception.reason})`);
      } else if (informational) notes.push(`${told} (${informational}: no failure)`);
      else failures.push(told);
    }
  }
  if (answers.every(({ unreached }) => unreached === null))
    for (const { id } of exceptions)
      if (!used.has(id))
        failures.push(`audit-exceptions.json: nothing is known as ${id} any more, take the exception out.`);
  return { failures, notes };
}
