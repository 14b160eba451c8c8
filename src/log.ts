import pino, { type Logger } from 'pino';

/** Structured logs on standard error. Texts of people and secrets are not logged in the first place; this is the second net. */
export function createLog(level: string): Logger {
  const secrets = [
    'token',
    'password',
    'authorization',
    'signingSecret',
    'botToken',
    'appToken',
    'appPassword',
    'apiKey',
    'connectionString',
  ];
  return pino(
    { level, redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' } },
    pino.destination(2),
  );
}
