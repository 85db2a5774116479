using System.Security.Cryptography;
using MemoryCluster.Grains;
using MemoryCluster.Host.Serving;
using MemoryCluster.TestKit.Clusters;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Host.Tests.Serving;

public sealed class AdminKeyBootstrapTests : IClassFixture<TestClusterFixture>, IDisposable
{
    private readonly TestCluster _cluster;
    private readonly TemporaryFolder _folder = new();
    private TenantId _tenant;

    public AdminKeyBootstrapTests(TestClusterFixture fixture) => _cluster = fixture.Cluster;

    private string KeyPath => DataFolders.AdminKey(_folder.Path);

    private string StagedPath => KeyPath + ".new";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FirstStart_MakesAnAdminKey_ForItsOwnerAlone()
    {
        await StartAsync("first");

        var principal = await AuthenticateAsync(ReadKey());
        Assert.Equal(KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin, principal!.Scopes);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.False(File.Exists(StagedPath));
    }

    [Fact]
    public async Task NextStart_KeepsIt()
    {
        await StartAsync("next");
        var before = File.ReadAllText(KeyPath);

        await StartAsync("next");

        Assert.Equal(before, File.ReadAllText(KeyPath));
    }

    [Fact]
    public async Task MissingFile_GetsAFurtherKey()
    {
        await StartAsync("missing");
        var before = ReadKey();
        File.Delete(KeyPath);

        await StartAsync("missing");

        Assert.NotEqual(before, ReadKey());
        Assert.NotNull(await AuthenticateAsync(before));
        Assert.NotNull(await AuthenticateAsync(ReadKey()));
    }

    [Fact]
    public async Task CrashBeforeTheFileHadItsName_LosesNoKey()
    {
        await StartAsync("unpublished");
        var made = ReadKey();
        File.Move(KeyPath, StagedPath);

        await StartAsync("unpublished");

        Assert.Equal(made, ReadKey());
        Assert.False(File.Exists(StagedPath));
    }

    [Fact]
    public async Task CrashBeforeTheKeyWasTaken_LeavesNoKeyThatIsNone()
    {
        _tenant = new TenantId("untaken");
        using var random = RandomNumberGenerator.Create();
        File.WriteAllText(StagedPath, KeyText.New(_tenant, random).ToString());

        await StartAsync("untaken");

        Assert.NotNull(await AuthenticateAsync(ReadKey()));
    }

    [Fact]
    public async Task GivenKey_IsTheTenants_HoweverManyStart()
    {
        using var random = RandomNumberGenerator.Create();
        var given = KeyText.New(new TenantId("given"), random);
        var file = Path.Combine(_folder.Path, "secret");
        File.WriteAllText(file, given + "\n");

        await Task.WhenAll(StartAsync("given", file), StartAsync("given", file));
        await StartAsync("given", file);

        Assert.Equal(KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin, (await AuthenticateAsync(given))!.Scopes);
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public async Task GivenKey_OfAnotherTenant_OrWithTheIdOfAnotherKey_IsRefused()
    {
        using var random = RandomNumberGenerator.Create();
        var given = KeyText.New(new TenantId("strict"), random);
        var file = Path.Combine(_folder.Path, "secret");
        File.WriteAllText(file, given.ToString());
        await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync("lax", file));

        await StartAsync("strict", file);
        var secret = given.ToString();
        File.WriteAllText(file, secret[..^1] + (secret[^1] == 'A' ? 'E' : 'A'));

        await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync("strict", file));
        Assert.NotNull(await AuthenticateAsync(given));
    }

    private Task StartAsync(string tenant, string? given = null)
    {
        _tenant = new TenantId(tenant);
        var options = new ServeOptions { Data = _folder.Path, Tenant = _tenant, AdminKey = given };
        return new AdminKeyBootstrap(_cluster.Grains, options, NullLogger<AdminKeyBootstrap>.Instance).StartAsync(default);
    }

    private KeyText ReadKey()
    {
        Assert.True(KeyText.TryParse(File.ReadAllText(KeyPath).Trim(), out var key));
        return key;
    }

    private Task<Principal?> AuthenticateAsync(KeyText key) =>
        _cluster.Grains.GetGrain<ITenantGrain>(GrainKey.Of(_tenant)).AuthenticateAsync(key.Id, key.SecretHash, default);
}
