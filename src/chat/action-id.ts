/** A button's id, `feature:verb:argument`. The argument may be empty and may itself contain colons. */
export interface ActionId {
  readonly feature: string;
  readonly verb: string;
  readonly argument: string;
}

export function actionId(feature: string, verb: string, argument = ''): string {
  return `${feature}:${verb}:${argument}`;
}

/** @returns undefined where the text is not an action id */
export function parseActionId(id: string): ActionId | undefined {
  const match = /^([a-z-]+):([a-z-]+):(.*)$/s.exec(id);
  if (!match) return undefined;
  const [, feature = '', verb = '', argument = ''] = match;
  return { feature, verb, argument };
}

/** The number of a record that a button carries; 0, which no record has, for anything else. */
export function numberIn(argument: string): number {
  return /^\d{1,15}$/.test(argument) ? Number(argument) : 0;
}
