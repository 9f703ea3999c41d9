/** The versions of Node.js that `npm test` prepared besides the one that runs it; none where they could not be had. */
export const nodes = (process.env['DATAGEN_NODES'] ?? '')
  .split(',')
  .filter((binary) => binary !== '')
  .map((binary) => ({ binary, version: /node-(\d+\.\d+\.\d+)/.exec(binary)?.[1] ?? '' }));
