/**
 * Zod, which options are declared with. The package holds the library in two files, because its hundred modules take
 * longer to load than all of core. Plug-ins may import it from here or `zod` itself: schemas of both fit together.
 */
export { z } from 'zod';
