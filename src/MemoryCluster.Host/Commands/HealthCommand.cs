using System.CommandLine;
using MemoryCluster.Client;

namespace MemoryCluster.Host.Commands;

/// <summary><c>health</c>: asks a process's probe, for images that have neither a shell nor curl. Needs no key.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = ServerOptions.UrlOption();
        var live = new Option<bool>("--live") { Description = "Ask whether the process lives, and not whether it can serve." };
        var command = new Command("health", "Ask a process of the cluster whether it is ready; exit code 0 if so.") { url, live };
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = new MemoryClusterClient(parsed.GetRequiredValue(url), key: null);
            var isLive = parsed.GetValue(live);
            var holds = isLive ? await client.IsLiveAsync(cancellationToken) : await client.IsReadyAsync(cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(holds ? "" : "not ")}{(isLive ? "live" : "ready")}");
            return holds ? 0 : 1;
        });
        return command;
    }
}
