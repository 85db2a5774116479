using System.Security.Cryptography;
using System.Text;
using MemoryCluster.Shards;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>The keys of one store. All share a hash tag, hence a slot; none holds a caller's word.</summary>
/// <remarks>
/// <code>
///  {mc:tenant:store}:meta      hash     epoch, seq, generation, records, tombs
///  {mc:tenant:store}:m:KEY     hash     p payload, s the sequence number of its last put
///  {mc:tenant:store}:idx       zset     record keys by sequence number: pages for loading
///  {mc:tenant:store}:tomb      hash     erased record keys, each with its sequence number
///  {mc:tenant:store}:op:KEY    string   UTC ticks (8 bytes), result; gone after 24 hours
///  {mc:tenant:store}:ops       zset     operation keys by Unix milliseconds
///  {mc:tenant:store}:log       stream   SEQ-0: at, and the keys put, deleted, erased, the operation; no payload
///  {mc:tenant}:stores          hash     store -> generation: a store that is listed and has no meta was lost, not new
/// </code>
/// </remarks>
internal sealed class RedisKeys
{
    private const int HashBytes = 16;

    private readonly string _tag;

    public RedisKeys(string prefix, StoreId id)
    {
        var tenant = Hash(id.Tenant.Value);
        Store = Hash(id.ToString());
        _tag = $"{{{prefix}:{tenant}:{Store}}}:";
        Stores = $"{{{prefix}:{tenant}}}:stores";
        All = [_tag + "meta", _tag + "idx", _tag + "log", _tag + "tomb", _tag + "ops"];
    }

    /// <summary>Meta, index, log, tombstones, operations: the KEYS of every script.</summary>
    public RedisKey[] All { get; }

    public RedisKey Meta => All[0];

    public RedisKey Index => All[1];

    public RedisKey Tombstones => All[3];

    public RedisKey OperationTimes => All[4];

    public RedisKey Stores { get; }

    public string Store { get; }

    /// <summary>A script builds a record's key from it. Not in KEYS, but of the same slot.</summary>
    public string RecordPrefix => _tag + "m:";

    public string OperationPrefix => _tag + "op:";

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}
