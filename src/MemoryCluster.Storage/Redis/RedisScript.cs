using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>A script, called by its hash and sent whole where the server does not know it.</summary>
internal sealed class RedisScript(string text)
{
#pragma warning disable CA5350 // Redis names scripts by their SHA-1.
    private readonly byte[] _hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350

    /// <summary>The reply's parts. The first says what happened.</summary>
    public async Task<RedisResult[]> CallAsync(IDatabase redis, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return (RedisResult[])(await redis.ScriptEvaluateAsync(_hash, keys, arguments).ConfigureAwait(false))!;
        }
        catch (RedisServerException cause) when (cause.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // It did not run. EVAL runs it and makes its hash known from then on.
            object[] call = [text, keys.Length, .. keys.Cast<object>(), .. arguments.Cast<object>()];
            return (RedisResult[])(await redis.ExecuteAsync("EVAL", call).ConfigureAwait(false))!;
        }
    }
}
