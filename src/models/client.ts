import { AzureOpenAI, OpenAI } from 'openai';
import type { ModelServer } from '../config.ts';

/** Connects to the server of a model. Everything is given, so that the library reads no environment variables of its own. */
export function modelClient(server: ModelServer): OpenAI {
  // The library's own log would hold people's texts.
  const common = { organization: null, project: null, logLevel: 'off' } as const;
  if (server.kind === 'azure') {
    const { apiKey, endpoint, apiVersion } = server;
    return new AzureOpenAI({ ...common, apiKey, endpoint, apiVersion });
  }
  // Servers in the house often want no key; the library wants one.
  return new OpenAI({ ...common, apiKey: server.apiKey ?? 'none', baseURL: server.baseUrl });
}
