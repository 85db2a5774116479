using System.CommandLine;
using MemoryCluster.Storage;

namespace MemoryCluster.Host.Serving;

/// <summary>The command line of the server.</summary>
internal static class ServeCommand
{
    private const int SilosMax = 64;

    private static readonly ServeOptions Defaults = new();

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Addresses to listen on, with semicolons between.", DefaultValueFactory = _ => Defaults.Urls,
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder: stores, policies and the admin key.", DefaultValueFactory = _ => Defaults.Data,
    };

    private static readonly Option<string> Auth = new("--auth")
    {
        Description = "on, or off for every caller to be an admin; off only where every address is a loopback one.",
        DefaultValueFactory = _ => "on",
    };

    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "The tenant that is served.", DefaultValueFactory = _ => Defaults.Tenant.Value,
    };

    private static readonly Option<int> Silos = new("--silos")
    {
        Description = "Virtual silos of the local engine.", DefaultValueFactory = _ => Defaults.Silos,
    };

    private static readonly Option<string> Store = new("--store")
    {
        Description = "Where memories are kept: file, redis, or memory for nothing to outlive the process.",
        DefaultValueFactory = _ => "file",
    };

    private static readonly Option<string?> Redis = new("--redis") { Description = "Connection string of the Redis store, such as 127.0.0.1:6379." };

    public static void AddTo(RootCommand root)
    {
        Auth.AcceptOnlyFromAmong("on", "off");
        Store.AcceptOnlyFromAmong("file", "redis", "memory");
        Array.ForEach<Option>([Urls, Data, Auth, Tenant, Silos, Store, Redis], root.Options.Add);
        root.SetAction(RunAsync);
    }

    // Not a validator of the parser: that would see no defaults.
    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var options = Read(line);
        var errors = ErrorsOf(options).ToArray();
        Array.ForEach(errors, line.InvocationConfiguration.Error.WriteLine);
        return errors.Length > 0 ? 1 : await ServerHost.RunAsync(options, cancellationToken);
    }

    private static ServeOptions Read(ParseResult line) => new()
    {
        Urls = line.GetRequiredValue(Urls),
        Data = line.GetRequiredValue(Data),
        Auth = line.GetRequiredValue(Auth) == "on",
        Tenant = new TenantId(line.GetRequiredValue(Tenant)),
        Silos = line.GetRequiredValue(Silos),
        Store = Enum.Parse<StorageKind>(line.GetRequiredValue(Store), ignoreCase: true),
        Redis = line.GetValue(Redis),
    };

    private static IEnumerable<string> ErrorsOf(ServeOptions options)
    {
        if (ListenAddresses.ErrorOf(options.Urls) is { } malformed)
        {
            yield return malformed;
        }
        else if (!options.Auth && !ListenAddresses.AreLoopback(options.Urls))
        {
            yield return $"--auth off makes every caller an admin, so that every address must be a loopback one; --urls is {options.Urls}.";
        }

        if (!TenantId.IsValid(options.Tenant.Value))
        {
            yield return $"--tenant is '{options.Tenant}'; it is 1 to 63 characters of a-z, 0-9 and '-'.";
        }

        if (options.Silos is < 1 or > SilosMax)
        {
            yield return $"--silos is {options.Silos}; it is 1 to {SilosMax}.";
        }

        if (options.Store == StorageKind.Redis && string.IsNullOrWhiteSpace(options.Redis))
        {
            yield return "--store redis needs --redis with a connection string, such as 127.0.0.1:6379.";
        }
    }
}
