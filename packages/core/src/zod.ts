/**
 * Zod, which options are declared with. The published file holds the whole library, because its hundred modules take
 * longer to load than all of core. Plug-ins may import it from here or `zod` itself: schemas of both fit together.
 */
export { z } from 'zod';
