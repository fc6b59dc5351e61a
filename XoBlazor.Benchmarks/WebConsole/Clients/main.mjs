// node main.mjs ORIGIN PATH COUNT: opens the circuits, says when all show rows, and counts when asked. Ends with its input.
// Lines meant for the caller begin with "= ".
import { createInterface } from "node:readline";
import { Circuit } from "./circuit.mjs";

const [origin, path, count] = process.argv.slice(2);
const circuits = Array.from({ length: Number(count) }, () => new Circuit(origin, path));
const waiting = [...circuits];
await Promise.all(Array.from({ length: 4 }, async () => {
  for (let circuit = waiting.pop(); circuit; circuit = waiting.pop()) {
    await circuit.open();
    await circuit.isFull;
  }
}));
say();

for await (const _ of createInterface({ input: process.stdin }))
  say();
await Promise.all(circuits.map(circuit => circuit.close()));

function say() {
  const sum = of => circuits.reduce((total, circuit) => total + of(circuit), 0);
  console.log("= " + JSON.stringify({
    withRows: sum(c => c.names.size > 0 ? 1 : 0),
    withChanges: sum(c => c.changes > 0 ? 1 : 0),
    batches: sum(c => c.batches),
    changes: sum(c => c.changes),
    bytes: sum(c => c.bytes),
    problems: circuits.flatMap(c => c.problems).slice(0, 3),
  }));
}
