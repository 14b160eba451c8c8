import { words } from './mentions.ts';

/** States of the European Union and of the European Economic Area, with their people's adjective and cities often named. */
export const EUROPE = words(
  'eu, eea, eu wide, european union, europe, european, emea, dach, benelux, nordics, baltics, schengen',
  'austria*, belgi*, bulgaria*, croatia*, cyprus, czech*, denmark, danish, estonia*, finland, finnish',
  'france, french, german*, greece, greek, hungar*, ireland, irish, ital*, latvia*, lithuania*, luxemb*',
  'malta, maltese, netherlands, dutch, holland, nl, poland, polish, portug*, romania*, slovak*, sloven*',
  'spain, spanish, sweden, swedish, norw*, iceland*, liechtenstein, vienna, berlin, munich, hamburg, paris',
  'madrid, barcelona, lisbon, rome, milan, amsterdam, brussels, prague, warsaw, budapest, bucharest, sofia',
  'athens, dublin, copenhagen, stockholm, helsinki, oslo, worldwide, world wide, global, globally',
  'all over the world, everywhere, international, de, at, fr',
);

/** Places outside of it; alone they say that nothing was said of the European Union. */
export const ELSEWHERE = words(
  'us, usa, united states, america*, canada, canadian, mexico, brazil*, uk, united kingdom, britain',
  'british, england, london, swiss, switzerland, zurich, turkey, turkish, india*, china, chinese, japan*',
  'korea*, singapore, australia*, new zealand, south africa*, kenya*, nigeria*, israel*, dubai, emirates',
);
