using System.CommandLine;

namespace MemoryCluster.Host.Commands;

internal static class CommandFaults
{
    /// <summary>Runs a command; what it can foresee going wrong ends in one line and exit code 1, not in a stack trace.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (Exception fault) when (fault is MemoryClusterException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault is MemoryClusterException { Code: var code }
                    ? $"{fault.Message} ({code})"
                    : fault.Message);
                return 1;
            }
        });
}
