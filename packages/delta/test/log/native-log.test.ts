import { describe, expect, it } from '@jest/globals';
import { bindingOf, nativeLog } from '../../src/log/native-log.ts';

describe('the addon of the log', () => {
  it('is asked for in one sentence where there is none, or none that loads', () => {
    expect(() => bindingOf({})).toThrow(
      /^The log of Delta tables is written by an addon, which has no binary for \S+\. Run `npm install @datagen\/delta-\S+` \(`npm run build:native` in a checkout\)\.$/,
    );
    expect(() => bindingOf({ failure: 'datagen-delta.node: file too short' })).toThrow(
      /which does not load: datagen-delta\.node: file too short\. Run/,
    );
  });

  it('turns a panic into an error, and goes on', async () => {
    await expect(nativeLog().panicForTest()).rejects.toThrow('PANIC: the Delta log panicked: asked for');
    await expect(nativeLog().loadTable('file:///is/not/there/', {})).resolves.toBeNull();
  });

  it('leaves the event loop free while it works', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const loads = Array.from({ length: 200 }, () => nativeLog().loadTable('file:///tmp/', {}));
    await Promise.all(loads);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
