/** What to ask of a server. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** What it answered; a body that is no JSON is undefined. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}
