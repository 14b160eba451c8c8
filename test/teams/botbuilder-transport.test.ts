import { BotbuilderTransport } from '../../src/adapters/teams/botbuilder-transport.ts';
import { transportContract } from './transport.contract.ts';

transportContract((config) => new BotbuilderTransport(config));
