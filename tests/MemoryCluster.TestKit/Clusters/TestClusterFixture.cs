namespace MemoryCluster.TestKit.Clusters;

/// <summary>One cluster for all tests of a class; each test uses teams of its own.</summary>
public sealed class TestClusterFixture : IAsyncLifetime
{
    /// <summary>The cluster.</summary>
    public TestCluster Cluster { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Cluster.DisposeAsync().AsTask();
}
