import { z } from '@datagen/core/zod';

/** How a bucket is reached; what is left out comes from the AWS configuration (environment, profile, role). */
export const S3Config = z
  .strictObject({
    endpointUrl: z
      .string()
      .min(1)
      .optional()
      .describe('Where a compatible store listens, as in `http://localhost:9000`; the default is AWS'),
    region: z
      .string()
      .min(1)
      .optional()
      .describe('Region of the bucket; the default is that of the AWS configuration, else us-east-1'),
    key: z
      .string()
      .min(1)
      .optional()
      .meta({ secret: true })
      .describe('Access key id; by default credentials come from the AWS configuration'),
    secret: z.string().min(1).optional().meta({ secret: true }).describe('Secret access key of `key`'),
    sessionToken: z
      .string()
      .min(1)
      .optional()
      .meta({ secret: true })
      .describe('Session token of temporary credentials'),
    anon: z.boolean().default(false).describe('Signs no request, for buckets that are open to everybody'),
    secure: z.boolean().default(true).describe('Uses https where `endpointUrl` names neither http nor https'),
    pathStyle: z
      .boolean()
      .optional()
      .describe(
        'Names the bucket in the path, not in the host; by default wherever there is an `endpointUrl`',
      ),
    abortUploadsAfterHours: z
      .number()
      .min(0)
      .default(24)
      .describe('Age from which unfinished uploads below the output are aborted when a run begins'),
  })
  .refine(({ key, secret }) => (key === undefined) === (secret === undefined), {
    path: ['secret'],
    message: 'expected `key` and `secret` together',
  })
  .refine(({ key, sessionToken }) => sessionToken === undefined || key !== undefined, {
    path: ['sessionToken'],
    message: 'expected a session token beside its `key` and `secret`',
  })
  .refine(({ key, anon }) => !anon || key === undefined, {
    path: ['anon'],
    message: 'expected either `anon` or a `key`',
  });
export type S3Config = z.infer<typeof S3Config>;
