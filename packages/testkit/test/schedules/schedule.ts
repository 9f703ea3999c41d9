import { type DatasetReport, InlineExecutor, writeDataset } from '@datagen/core';
import { isDatagenError, MemoryStorage, type Storage, type WriteMode } from '@datagen/core/writer';
import type { LogTableWriter } from '../../src/log-table/log-table-writer.ts';
import { closeGated, type Crash, GatedStorage } from './gated-storage.ts';
import { tinyGenerator } from './tiny-generator.ts';

/** A command that somebody runs, perhaps several times. */
export interface Command {
  readonly seed: number;
  readonly mode: WriteMode;
  /** Days of January 2026. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly fileRowsTarget: number;
}

/** A generator of numbers from 0 to `bound - 1`; mulberry32. */
function dice(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

export type MakeWriter = (storage: Storage) => LogTableWriter;

export interface Ended {
  readonly command: Command;
  readonly outcome: DatasetReport | Error;
}

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}`;

let scheduleCount = 0;

/**
 * One random life of an output: some commands run at once, call by call in random order, some of them are killed at a
 * random call, others clean up between; in the end all commands that did not come through run once more, alone. Calls
 * `check` after each of these.
 */
export async function runSchedule(
  seed: number,
  makeWriter: MakeWriter,
  check: (storage: MemoryStorage) => Promise<void>,
): Promise<readonly Ended[]> {
  const roll = dice(seed);
  const storage = new MemoryStorage(`memory:schedule-${String(scheduleCount++)}`);
  const ended: Ended[] = [];
  const unfinished: Command[] = [];
  const seedOf = () => (roll(4) === 0 ? 2 : 1);
  const phases = 1 + roll(3);
  for (let phase = 0; phase < phases; phase++) {
    const commands = Array.from({ length: 1 + roll(3) }, () => randomCommand(roll, seedOf()));
    for (const one of await runAtOnce(commands, storage, makeWriter, roll)) {
      if (one === undefined) continue;
      ended.push(one);
      if (one.outcome instanceof Error && isKilled(one.outcome)) unfinished.push(one.command);
    }
    await check(storage);
    if (roll(3) === 0) await damageLying(storage, roll);
    if (roll(2) === 0) await expireSnapshots(storage);
    await check(storage);
  }
  for (const command of unfinished) {
    ended.push(await runAlone(command, storage, makeWriter));
    await check(storage);
  }
  closeGated();
  await clear(storage);
  return ended;
}

function randomCommand(roll: (bound: number) => number, seed: number): Command {
  const firstDay = 1 + roll(6);
  const modes = ['error', 'error', 'append', 'append', 'overwrite', 'overwrite-window'] as const;
  return {
    seed,
    mode: modes[roll(modes.length)] ?? 'error',
    firstDay,
    lastDay: firstDay + roll(6),
    fileRowsTarget: [1, 3, 4, 50][roll(4)] ?? 1,
  };
}

function start(command: Command, storage: Storage, makeWriter: MakeWriter): Promise<Ended> {
  const { seed, mode, firstDay, lastDay, fileRowsTarget } = command;
  return writeDataset(tinyGenerator(seed), makeWriter(storage), {
    startDate: day(firstDay),
    endDate: day(lastDay),
    mode,
    fileRowsTarget,
    executor: new InlineExecutor(),
  }).then(
    (outcome) => ({ command, outcome }),
    (thrown: unknown) => ({ command, outcome: thrown as Error }),
  );
}

async function runAtOnce(
  commands: readonly Command[],
  storage: MemoryStorage,
  makeWriter: MakeWriter,
  roll: (bound: number) => number,
): Promise<readonly (Ended | undefined)[]> {
  const runs = commands.map((command, i) => {
    const gate = new GatedStorage(storage, `run-${String(i)}`);
    const run = { gate, ended: undefined as Ended | undefined, end: Promise.resolve() };
    run.end = start(command, gate, makeWriter).then((ended) => {
      run.ended = ended;
    });
    return run;
  });
  for (;;) {
    for (const { gate, end } of runs) await Promise.race([gate.arrival, end]);
    const open = runs.filter(({ gate }) => gate.waiting.length > 0);
    if (open.length === 0) break;
    const { gate, end } = open[roll(open.length)] as (typeof runs)[number];
    const next = gate.waiting.splice(roll(gate.waiting.length), 1)[0];
    const crash: Crash | undefined = roll(40) === 0 ? (roll(2) === 0 ? 'before' : 'after') : undefined;
    next?.pass(crash);
    if (gate.isDead || crash !== undefined) for (const { pass } of gate.waiting.splice(0)) pass('before');
    if (gate.waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
    else await Promise.race([gate.arrival, end]);
  }
  return runs.map(({ ended }) => ended);
}

async function runAlone(command: Command, storage: MemoryStorage, makeWriter: MakeWriter): Promise<Ended> {
  const gate = new GatedStorage(storage, 'alone');
  const run = start(command, gate, makeWriter);
  const progress = { isDone: false };
  const end = run.then(() => {
    progress.isDone = true;
  });
  while (!progress.isDone) {
    await Promise.race([gate.arrival, end]);
    for (const { pass } of gate.waiting.splice(0)) pass(undefined);
  }
  return run;
}

export function isKilled(error: Error): boolean {
  return isDatagenError(error) && error.message.includes('killed');
}

interface Entry {
  readonly add: readonly { readonly path: string }[];
  readonly remove: readonly string[];
}

async function entriesOf(storage: MemoryStorage): Promise<readonly Entry[]> {
  const listed = (await storage.list('')).filter(({ path }) => path.includes('/_log/'));
  const texts = listed.map(async ({ path }) => new TextDecoder().decode(await storage.read(path)));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Entry);
}

/** As catalogs do when snapshots expire: removes what commits removed, without asking whether a live row names it again. */
async function expireSnapshots(storage: MemoryStorage): Promise<void> {
  for (const { remove } of await entriesOf(storage)) for (const path of remove) await storage.remove(path);
}

/** Cuts a file short that no commit names, or puts another one's content there. */
async function damageLying(storage: MemoryStorage, roll: (bound: number) => number): Promise<void> {
  const named = new Set((await entriesOf(storage)).flatMap(({ add }) => add.map(({ path }) => path)));
  const data = (await storage.list('')).filter(({ path }) => path.endsWith('.jsonl'));
  const lying = data.filter(({ path }) => !named.has(path));
  const victim = lying[roll(Math.max(1, lying.length))];
  if (victim === undefined) return;
  const donor = data[roll(data.length)] ?? victim;
  const bytes = roll(2) === 0 ? await storage.read(victim.path, 0, -3) : await storage.read(donor.path);
  await storage.write(
    victim.path,
    (async function* () {
      yield await Promise.resolve(bytes);
    })(),
  );
}

async function clear(storage: MemoryStorage): Promise<void> {
  for (const { path } of await storage.list('')) await storage.remove(path);
}
