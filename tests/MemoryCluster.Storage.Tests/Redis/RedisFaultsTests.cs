using System.Net.Sockets;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Redis;

namespace MemoryCluster.Storage.Tests.Redis;

public sealed class RedisFaultsTests
{
    private static readonly StoreId Id = new(new TenantId("acme"), "shard/blue/0");

    public static TheoryData<Exception> BrokenConnections { get; } = new(
        new InvalidOperationException("Reading is not allowed after reader was completed."),
        new IOException("Broken pipe"),
        new SocketException((int)SocketError.ConnectionReset),
        new TimeoutException());

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public void BrokenConnection_LeavesAWriteUnknown_AndARead_Undone(Exception cause)
    {
        Assert.True(RedisFaults.IsFailure(cause));
        Assert.Equal(MemoryFault.OutcomeUnknown, RedisFaults.OfWrite(Id, cause).Fault);
        Assert.Equal(MemoryFault.StoreUnavailable, RedisFaults.OfRead(Id, cause).Fault);
    }

    [Fact]
    public void ConnectionThatWasClosedBefore_WroteNothing() =>
        Assert.Equal(MemoryFault.StoreUnavailable, RedisFaults.OfWrite(Id, new ObjectDisposedException("redis")).Fault);

    [Fact]
    public void MistakeOfOurs_IsNoFailureOfRedis() => Assert.False(RedisFaults.IsFailure(new ArgumentException("wrong")));
}
