using System.CommandLine;
using System.Security.Cryptography;

namespace MemoryCluster.Host.Commands;

/// <summary><c>new-key</c>: makes an admin key for <c>--admin-key</c>, such as a Kubernetes Secret holds. Talks to no server.</summary>
internal static class NewKeyCommand
{
    public static Command Create()
    {
        var tenant = new Option<string>("--tenant") { Description = "Whose key it is.", DefaultValueFactory = _ => "default" };
        var command = new Command("new-key", "Print a new key, to be put into a file and given to every gateway as --admin-key.") { tenant };
        command.SetAction(parsed =>
        {
            var id = parsed.GetRequiredValue(tenant);
            if (!TenantId.IsValid(id))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"--tenant is '{id}'; it is 1 to 63 characters of a-z, 0-9 and '-'.");
                return 1;
            }

            using var random = RandomNumberGenerator.Create();
            parsed.InvocationConfiguration.Output.WriteLine(KeyText.New(new TenantId(id), random));
            return 0;
        });
        return command;
    }
}
