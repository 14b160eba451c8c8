/** Who can do, decide or owe something in an AI management system, and how texts name them. */
const ACTORS: readonly RegExp[] = [
  /\b(?:(?:top|senior|executive) management|directors?|board|ceo|boss|bosses|people who direct)\b/gi,
  /\b(?:compliance|governance) (?:team|lead|manager|office|officer)s?\b/gi,
  /\bauditors?\b/gi,
  /\baccreditation bod(?:y|ies)\b/gi,
  /\b(?:certification bod(?:y|ies)|(?<!accreditation )body|registrar|certifier)\b/gi,
  /\bconsultan(?:t|ts|cy)\b/gi,
  /\b(?:suppliers?|vendors?)\b/gi,
  /\bproviders?\b/gi,
  /\bproducers?\b/gi,
  /\b(?:customers?|deployers?|clients?|buyers?)\b/gi,
  /\b(?:developers?|engineers?)\b/gi,
  /\b(?:data protection officer|dpo)s?\b/gi,
  /\bcommittees?\b/gi,
  /\b(?:authorit(?:y|ies)|regulators?|courts?)\b/gi,
  /\b(?:staff|employees?|workers?)\b/gi,
];

/** Who is named in a text, each once, by their place in `ACTORS`, in the order of the text. */
export function actorsIn(text: string): number[] {
  const named = ACTORS.map((pattern, actor) => ({ actor, at: text.search(pattern) }));
  return named
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ actor }) => actor);
}

/** A text without the names of those who act in it. */
export function withoutActors(text: string): string {
  return ACTORS.reduce((rest, pattern) => rest.replace(pattern, ' '), text);
}
