// The Javas of this machine, and what Maven fetches for them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../ensure.mjs';

/** Where systems put the Javas that are installed beside each other, and where the program lies in each. */
const INSTALLED = [
  ['/usr/lib/jvm', 'bin/java'],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home/bin/java'],
];
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** The major version of a `java` program, of the one on the PATH if none is named; 0 where there is none. */
export function javaVersion(java = 'java') {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

/** A `java` program of at least a version: that of JAVA_HOME, of the PATH or of all that are installed. */
export function findJava(least) {
  const { JAVA_HOME } = process.env;
  const candidates = [
    ...(JAVA_HOME ? [path.join(JAVA_HOME, 'bin/java')] : []),
    'java',
    ...INSTALLED.flatMap(([folder, program]) =>
      fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name, program)) : [],
    ),
  ];
  return candidates.find((java) => javaVersion(java) >= least);
}

export function hasMaven() {
  return spawnSync('mvn', ['--version']).status === 0;
}

/** Runs a goal of Maven's dependency plugin, as `copy`; gives whether it ended well. */
export function fetchByMaven(goal, ...args) {
  return run('mvn', ['--quiet', '--batch-mode', '-Dstyle.color=never', `${PLUGIN}:${goal}`, ...args]) === 0;
}
