import { describe, expect, it } from '@jest/globals';
import { DatagenError, option, sentence } from '../../src/generator.ts';
import { sentenceText } from '../../src/index.ts';

const parts = sentence`Expected ${option('endDate')} on or after ${3} days, or ${option('mode', 'append')}.`;

describe('a sentence', () => {
  it('calls options by their names, and by those that a reader knows', () => {
    expect(sentenceText(parts)).toBe('Expected `endDate` on or after 3 days, or mode `append`.');
    const flag = sentenceText(parts, ({ option: name, value = '' }) => `--${name} ${value}`.trim());
    expect(flag).toBe('Expected --endDate on or after 3 days, or --mode append.');
  });

  it('takes another one into itself', () => {
    const outer = sentence`Unknown ${sentence`city in ${option('locations')}`} "x".`;
    expect(outer).toEqual(['Unknown ', 'city in ', { option: 'locations' }, ' "x".']);
  });

  it('is the message of an error, and its parts are plain details', () => {
    const error = new DatagenError('INVALID_OPTION', parts, { details: { option: 'endDate' } });
    expect(error.message).toBe('Expected `endDate` on or after 3 days, or mode `append`.');
    expect(structuredClone(error.details)).toEqual({ option: 'endDate', sentence: parts });
  });
});
