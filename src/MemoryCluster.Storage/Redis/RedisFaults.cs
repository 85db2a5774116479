using System.Net.Sockets;
using MemoryCluster.Shards;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>What an exception of the client says about a write.</summary>
internal static class RedisFaults
{
    /// <summary>Refusals that a server gives before a script's first write.</summary>
    private static readonly string[] RefusedBeforeWork =
        ["OOM", "MISCONF", "READONLY", "LOADING", "NOAUTH", "NOPERM", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "BUSY", "NOSCRIPT"];

    /// <summary>Whether the client tells of a connection that broke: it hands on whatever broke it, such as a pipe that was closed under its reader.</summary>
    public static bool IsFailure(Exception cause) =>
        cause is RedisException or TimeoutException or InvalidOperationException or IOException or SocketException;

    public static MemoryClusterException OfWrite(StoreId id, Exception cause) => IsBeforeWork(cause)
        ? StoreFaults.Unavailable(id, $"Redis refused ({Reason(cause)})", cause)
        : StoreFaults.OutcomeUnknown(id, $"Redis did not answer ({Reason(cause)})", cause);

    public static MemoryClusterException OfRead(StoreId id, Exception cause) =>
        StoreFaults.Unavailable(id, $"Redis did not answer ({Reason(cause)})", cause);

    private static bool IsBeforeWork(Exception cause) => cause switch
    {
        RedisServerException server => RefusedBeforeWork.Any(code => server.Message.StartsWith(code, StringComparison.Ordinal)),
        // The client had no connection to send it on.
        RedisConnectionException connection => connection.FailureType == ConnectionFailureType.UnableToResolvePhysicalConnection,
        RedisCommandException or ObjectDisposedException => true,
        _ => false,
    };

    // The client's messages can quote commands; their first words name the failure.
    private static string Reason(Exception cause) => cause switch
    {
        RedisConnectionException connection => connection.FailureType.ToString(),
        RedisServerException server => server.Message.Split(' ', 2)[0],
        _ => cause.GetType().Name,
    };
}
