// The published file holds the library: `bin/datagen.js` says who loads it.
// eslint-disable-next-line no-restricted-syntax -- Whoever imports the library finds all of its names here.
export * from 'apache-arrow';
