namespace MemoryCluster.Grains.Tests;

/// <summary>Tests of one class share a cluster; each uses teams of its own.</summary>
public abstract class ClusterTests(TestClusterFixture fixture) : IClassFixture<TestClusterFixture>
{
    protected static readonly AgentId Scout = new("scout");
    protected static readonly AgentId Mason = new("mason");

    protected TestCluster Cluster { get; } = fixture.Cluster;
}
