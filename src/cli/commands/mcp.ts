import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { mcpServer } from '#operations/mcp/mcp-server.ts';
import { officeTools } from '#operations/mcp/office-tools.ts';
import { serveMcp } from '#operations/mcp/serve-mcp.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { placeOf } from '../office-options.ts';

/** `mcp`: the office for assistants that speak the Model Context Protocol. */
export function addMcp(program: Command): void {
  program
    .command('mcp')
    .description(
      'answer an assistant over stdio (Model Context Protocol): may_i_use, who_uses, open_findings, as far as the token in GUILDHALL_TOKEN may see',
    )
    .option('--server <url>', 'address of the running office (default: GUILDHALL_URL)')
    .option('--estate <file>', 'configuration file, guildhall.yaml')
    .action(async (options: { readonly server?: string; readonly estate?: string }) => {
      const url = options.server ?? process.env['GUILDHALL_URL'] ?? '';
      if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
        throw new ConfigurationError('Name the running office with --server or GUILDHALL_URL, such as https://guildhall.example.');
      const { configuration, place } = placeOf(options);
      const office = { url, token: process.env['GUILDHALL_TOKEN'] ?? null };
      await serveMcp(mcpServer(officeTools(office, remoteAccessOf(configuration, place))), process.stdin, process.stdout);
    });
}
