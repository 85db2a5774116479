using System.Security.Cryptography;
using MemoryCluster.Grains;

namespace MemoryCluster.Host.Serving;

/// <summary>Sees to it that the tenant has an admin key and that its holder can find it.</summary>
/// <remarks>
/// The secret is on the disk, under a name of its own, before the cluster takes the key, and gets its final name after: a crash at any
/// moment leaves either no key, or one whose secret the next start finds.
/// </remarks>
internal sealed partial class AdminKeyBootstrap(IGrainFactory grains, ServeOptions options, ILogger<AdminKeyBootstrap> logger) : IHostedService
{
    private readonly SecretFile _file = new(DataFolders.AdminKey(options.Data));

    private static KeySpec Admin => new() { Name = "admin", Scopes = KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin };

    private ITenantGrain Directory => grains.GetGrain<ITenantGrain>(GrainKey.Of(options.Tenant));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.AdminKey is { } given)
        {
            await TakeAsync(given, cancellationToken);
            return;
        }

        var hasKey = await Directory.HasAdminKeyAsync(cancellationToken);
        if (hasKey && (_file.Exists || await PublishStagedAsync(cancellationToken)))
        {
            LogFound(_file.Path);
            return;
        }

        await MakeAsync(cancellationToken);
        if (hasKey)
        {
            LogMadeAnother(options.Tenant, _file.Path);
        }
        else
        {
            LogMade(options.Tenant, _file.Path);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Every gateway takes the same one, at every start: the second finds it there.
    private async Task TakeAsync(string path, CancellationToken cancellationToken)
    {
        if (!KeyText.TryParse((await File.ReadAllTextAsync(path, cancellationToken)).Trim(), out var key) || key.Tenant != options.Tenant)
        {
            throw new InvalidDataException($"{path} holds no key of tenant {options.Tenant}: 'memorycluster new-key' makes one.");
        }

        await Directory.CreateKeyAsync(key.Id, key.SecretHash, Admin, cancellationToken);
        if (await Directory.AuthenticateAsync(key.Id, key.SecretHash, cancellationToken) is not { } principal || !principal.Scopes.HasFlag(KeyScopes.Admin))
        {
            throw new InvalidDataException($"The key in {path} has the id of another key of tenant {options.Tenant}: 'memorycluster new-key' makes one of its own.");
        }

        LogFound(path);
    }

    private async Task<bool> PublishStagedAsync(CancellationToken cancellationToken)
    {
        if (!KeyText.TryParse(_file.ReadStaged(), out var key)
            || await Directory.AuthenticateAsync(key.Id, key.SecretHash, cancellationToken) is null)
        {
            return false;
        }

        _file.Publish();
        return true;
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        using var random = RandomNumberGenerator.Create();
        var key = KeyText.New(options.Tenant, random);
        _file.Stage(key.ToString());
        await Directory.CreateKeyAsync(key.Id, key.SecretHash, Admin, cancellationToken);
        _file.Publish();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The admin key is in {Path}.")]
    private partial void LogFound(string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made an admin key for tenant {Tenant}: it is in {Path}.")]
    private partial void LogMade(TenantId tenant, string path);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Tenant {Tenant} has an admin key, but {Path} was missing: made a further one. Delete the old one if it is lost.")]
    private partial void LogMadeAnother(TenantId tenant, string path);
}
