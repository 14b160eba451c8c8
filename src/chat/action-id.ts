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
