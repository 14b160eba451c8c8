import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { ask } from './cli/ask.ts';
import { backUp, restore } from './cli/backup.ts';
import { describeFailure } from './cli/describe-failure.ts';
import { previewDigest } from './cli/digest.ts';
import { doctor } from './cli/doctor.ts';
import { erase } from './cli/erase.ts';
import { evaluate } from './cli/evaluate.ts';
import { printHead, verifyEventLog } from './cli/event-log.ts';
import { exportPackage } from './cli/export.ts';
import { ingest } from './cli/ingest.ts';
import { writeManifests } from './cli/manifests.ts';
import { migrateDatabase } from './cli/migrate.ts';
import { exportRegister, importRegister } from './cli/register.ts';
import { serve } from './cli/serve.ts';

if (existsSync('.env')) process.loadEnvFile();

const program = new Command('steward').description(
  'The assistant that gets an organisation ready for ISO/IEC 42001 and keeps it certified.',
);

program
  .command('serve')
  .description('start Steward')
  .option('--example', 'with an invented organisation and its last months, in a folder of its own')
  .action(serve);

program
  .command('ask')
  .description('answer a question on the command line')
  .argument('<question>', 'the question; "-" reads one a line from standard input and writes one JSON object a line')
  .option('--json', 'print JSON')
  .action(ask);

program
  .command('evaluate')
  .description('measure search on questions with expected pages or on a BEIR directory, or the intake on interviews')
  .argument('<path>', 'a JSON Lines file of questions; with --beir a directory')
  .option(
    '--intake',
    'the path is a JSON Lines file of interviews about AI systems, with what their records should say',
  )
  .option('--beir', 'the path is a directory with corpus.jsonl, queries.jsonl and qrels/test.tsv')
  .option('--json', 'print JSON')
  .action(evaluate);

program
  .command('digest')
  .description('print the digest that the committee would get now; nothing is posted')
  .requiredOption('--preview', 'say that it is only to be seen')
  .option('--json', 'print JSON')
  .action(previewDigest);

program
  .command('ingest')
  .description('add the files of a folder as evidence; run again, it goes on where it stopped')
  .argument('<folder>')
  .option('--owner <person>', 'who answers for them, by e-mail address or name; without it the compliance lead')
  .addOption(
    new Option('--visibility <who>', 'who may see them beside their owner')
      .choices(['everyone', 'committee', 'auditors'])
      .default('committee'),
  )
  .action(ingest);

program
  .command('export')
  .description('write an audit package: evidence, index, event log, and how to verify them with sha256sum and openssl')
  .argument('<file>', 'the ZIP to write')
  .option('--requirements <number...>', 'only evidence for these clauses and controls: A.7 9.2.1')
  .option('--systems <id...>', 'only evidence about these AI systems: AIS-12')
  .option('--from <day>', 'only evidence that is effective since this day or later, YYYY-MM-DD')
  .option('--to <day>', 'only evidence that is effective since this day or earlier')
  .option('--as-of <day>', 'as things were at the end of this day')
  .option('--for <person>', 'what this person may see, by e-mail address or name; without it what auditors may see')
  .action(exportPackage);

program
  .command('migrate')
  .description('bring the database to this version and load the guidance')
  .action(migrateDatabase);

program
  .command('manifests')
  .description('make the manifest of the Slack app and the package of the Teams app')
  .argument('[folder]', 'where to', 'manifests')
  .action(writeManifests);

program
  .command('doctor')
  .description('check the whole installation, and say what to do')
  .option('--json', 'print JSON')
  .action(doctor);

program.command('backup').description('write the whole database into one new file').argument('<file>').action(backUp);

program
  .command('restore')
  .description('fill an empty database from a backup, and verify the event log in it')
  .argument('<file>')
  .action(restore);

program
  .command('erase')
  .description('erase the personal data of somebody; without --yes, show whom it is about')
  .argument('<person>', 'e-mail address, name, platform:workspace:user, or id')
  .option('--yes', 'erase for good')
  .action(erase);

const eventLog = program.command('event-log').description('the tamper-evident record of everything governed');
eventLog
  .command('verify')
  .description('verify the chain, and that it contains the signed heads that people hold')
  .option('--head <file...>', 'heads written by "event-log head", each with its signature beside it')
  .option('--public-key <file>', "the key the heads were signed with; without it, this installation's own")
  .action(verifyEventLog);
eventLog
  .command('head')
  .description('write the signed head and the public key to a folder, to be kept elsewhere')
  .argument('<folder>')
  .action(printHead);

const register = program.command('register').description('the register of AI systems');
register
  .command('export')
  .description('write the register to a file')
  .argument('<file>', 'its ending tells the format: .csv, .xlsx or .json')
  .action(exportRegister);
register
  .command('import')
  .description('add and change AI systems from a CSV or XLSX file, as "register export" writes it')
  .argument('<file>')
  .requiredOption('--by <e-mail>', 'the person in whose name it is done')
  .option('--dry-run', 'report what would be done, and each bad row, and change nothing')
  .action(importRegister);

try {
  await program.parseAsync();
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
