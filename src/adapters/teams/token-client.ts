import { createRequire } from 'node:module';
import type { Configuration } from '@azure/msal-node';
import type { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsConfig } from '../../config.ts';

// The class that botframework-connector uses, which is not the one that an import gives.
const { ConfidentialClientApplication } = createRequire(import.meta.url)('@azure/msal-node') as {
  ConfidentialClientApplication: new (configuration: Configuration) => TokenClient;
};
type TokenClient = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];

/** Gets Steward's own tokens, from the configured cloud alone: no other host is asked whether that one may be trusted. */
export function tokenClient({ appId, appPassword, tenantId, cloud }: TeamsConfig): TokenClient {
  const authority = cloud['ToChannelFromBotLoginUrl'] ?? `https://login.microsoftonline.com/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: appPassword, authority, knownAuthorities: [new URL(authority).host] },
  });
}
