using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Storage.Redis;

/// <summary>Which Redis holds the stores, and what is asked of it.</summary>
public sealed class RedisStoreOptions
{
    /// <summary>In StackExchange.Redis's form, such as <c>127.0.0.1:6379,password=…</c>.</summary>
    [Required]
    public required string ConnectionString { get; set; }

    /// <summary>First word of every key. Default <c>mc</c>. Two clusters in one Redis need two of them.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Prefix { get; set; } = "mc";

    /// <summary>How long a command may take before its outcome counts as unknown. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Entries that maintenance leaves in a store's log, about. Default 1,000,000, some 100 MB of Redis's memory.</summary>
    [Range(1_000, long.MaxValue)]
    public long LogEntriesMax { get; set; } = 1_000_000;

    /// <summary>
    /// Serve although the server fails the preflight, as one does that may lose acknowledged writes. Default false. The reasons are logged.
    /// </summary>
    public bool AllowUnsafeServer { get; set; }
}
