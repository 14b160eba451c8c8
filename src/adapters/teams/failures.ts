import { SendFailure } from '../../chat/channel.ts';

/** Network errors after which nothing can have arrived. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Statuses with which Teams asks for another attempt. */
const TRY_AGAIN = new Set([412, 429]);

/** What an error of the connector's means for a message. */
export function asSendFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  const status = statusOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (status !== undefined && status < 500) {
    const retryAfter = TRY_AGAIN.has(status) ? retryAfterOf(error) : undefined;
    return new SendFailure(`Teams answered ${status}.`, TRY_AGAIN.has(status) ? 'retry' : 'give-up', {
      cause: error,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
  }
  const code = (error as { code?: string }).code;
  if (code && NOT_SENT.has(code))
    return new SendFailure(`Teams cannot be reached: ${code}.`, 'retry', { cause: error });
  return new SendFailure(`Teams did not confirm: ${reason}`, 'look', { cause: error });
}

export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : undefined;
}

function retryAfterOf(error: unknown): number | undefined {
  const headers = (error as { response?: { headers?: { get?(name: string): string | undefined } } }).response?.headers;
  const seconds = Number(headers?.get?.('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
