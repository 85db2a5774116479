using System.CommandLine;
using System.Net;
using MemoryCluster.Host.Engine;
using MemoryCluster.Storage;

namespace MemoryCluster.Host.Serving;

/// <summary>The command line of the server.</summary>
internal static class ServeCommand
{
    private const int SilosMax = 64;
    private const int CursorSecretBytesMin = 32;
    private const string RedisVariable = "Storage__Redis";

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

    // A password on the command line is for every user of the machine to read.
    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = $"Connection string of the Redis store, such as 127.0.0.1:6379; by default what {RedisVariable} says in the environment.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(RedisVariable),
    };

    private static readonly Option<bool> UnsafeRedis = new("--unsafe-redis")
    {
        Description = "Serve on a Redis that would lose acknowledged writes (no append-only file, no sync, eviction); for trials.",
    };

    private static readonly Option<string> Role = new("--role")
    {
        Description = "all, silo, gpu (a silo with an accelerator) or gateway; other than all with the Orleans engine and --store redis.",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<string> Advertise = new("--advertise")
    {
        Description = "The IP address that other processes reach this silo at.", DefaultValueFactory = _ => Defaults.Advertise.ToString(),
    };

    private static readonly Option<int> SiloPort = new("--silo-port")
    {
        Description = "Where silos speak with each other.", DefaultValueFactory = _ => Defaults.SiloPort,
    };

    private static readonly Option<int> ClientPort = new("--client-port")
    {
        Description = "Where gateways reach this silo.", DefaultValueFactory = _ => Defaults.ClientPort,
    };

    private static readonly Option<string> Cluster = new("--cluster")
    {
        Description = "The cluster's name: processes with one name and one Redis are one cluster.", DefaultValueFactory = _ => Defaults.Cluster,
    };

    private static readonly Option<string?> SiloName = new("--name")
    {
        Description = "What this silo is called in logs and in the table of silos, such as its pod's name; by default a name is made.",
    };

    private static readonly Option<string?> AdminKey = new("--admin-key")
    {
        Description = "A file with the admin key that the tenant shall have, for several gateways; by default one is made in the data folder.",
    };

    private static readonly Option<string?> CursorSecret = new("--cursor-secret")
    {
        Description = "A file of at least 32 random bytes that signs list cursors, for several gateways; by default cursors end with the process.",
    };

    public static void AddTo(RootCommand root)
    {
        Auth.AcceptOnlyFromAmong("on", "off");
        Store.AcceptOnlyFromAmong("file", "redis", "memory");
        Role.AcceptOnlyFromAmong("all", "silo", "gpu", "gateway");
        Array.ForEach<Option>(
            [Urls, Data, Auth, Tenant, Silos, Store, Redis, UnsafeRedis, Role, Advertise, SiloPort, ClientPort, Cluster, SiloName, AdminKey, CursorSecret], root.Options.Add);
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
        UnsafeRedis = line.GetValue(UnsafeRedis),
        Role = Enum.Parse<HostRole>(line.GetRequiredValue(Role), ignoreCase: true),
        Advertise = IPAddress.TryParse(line.GetRequiredValue(Advertise), out var advertised) ? advertised : IPAddress.None,
        SiloPort = line.GetRequiredValue(SiloPort),
        ClientPort = line.GetRequiredValue(ClientPort),
        Cluster = line.GetRequiredValue(Cluster),
        Name = line.GetValue(SiloName),
        AdminKey = line.GetValue(AdminKey),
        CursorSecret = line.GetValue(CursorSecret),
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

        foreach (var error in ClusterErrorsOf(options).Concat(EngineHosting.ErrorsOf(options)))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> ClusterErrorsOf(ServeOptions options)
    {
        if (options.Role != HostRole.All && options.Store != StorageKind.Redis)
        {
            yield return $"--role {Name(options.Role)} is a part of a cluster, whose memories are in Redis: it needs --store redis.";
        }

        if (options.Advertise.Equals(IPAddress.None) || options.Advertise.Equals(IPAddress.Any) || options.Advertise.Equals(IPAddress.IPv6Any))
        {
            yield return "--advertise is the one IP address that other processes reach this silo at, such as 10.0.0.7.";
        }

        if (options.SiloPort is < 1 or > IPEndPoint.MaxPort || options.ClientPort is < 1 or > IPEndPoint.MaxPort || options.SiloPort == options.ClientPort)
        {
            yield return $"--silo-port is {options.SiloPort} and --client-port {options.ClientPort}; they are two ports of 1 to {IPEndPoint.MaxPort}.";
        }

        if (!TenantId.IsValid(options.Cluster))
        {
            yield return $"--cluster is '{options.Cluster}'; it is 1 to 63 characters of a-z, 0-9 and '-'.";
        }

        if (options.AdminKey is not null && !options.HasGateway)
        {
            yield return $"--admin-key is a gateway's: --role {Name(options.Role)} serves no keys.";
        }

        if (options.Name is not null && !options.HasSilo)
        {
            yield return $"--name is a silo's: --role {Name(options.Role)} is none.";
        }

        if (options.CursorSecret is not null && !options.HasGateway)
        {
            yield return $"--cursor-secret is a gateway's: --role {Name(options.Role)} serves no lists.";
        }
        else if (options.CursorSecret is { } secret && !(File.Exists(secret) && new FileInfo(secret).Length >= CursorSecretBytesMin))
        {
            yield return $"--cursor-secret is '{secret}', which is no file of at least {CursorSecretBytesMin} bytes.";
        }
    }

    private static string Name(HostRole role) => Enum.GetName(role)!.ToLowerInvariant();
}
