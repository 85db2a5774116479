using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Storage;

/// <summary>Which stores a host uses.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>Where stores lie. Default <see cref="StorageKind.File"/>.</summary>
    public StorageKind Kind { get; set; } = StorageKind.File;

    /// <summary>The folder of file stores. Default <c>data</c>, relative to the working folder. One process at a time.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The connection string of Redis stores, such as <c>127.0.0.1:6379</c>; needed for that kind.</summary>
    public string? Redis { get; set; }

    /// <summary>First word of every Redis key. Default <c>mc</c>.</summary>
    public string RedisPrefix { get; set; } = "mc";

    /// <summary>Serve from a Redis that may lose acknowledged writes. Default false.</summary>
    public bool AllowUnsafeRedis { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind is not (StorageKind.File or StorageKind.Redis or StorageKind.Memory))
            yield return new ValidationResult($"Storage kind {Kind} is none of file, redis, memory.", [nameof(Kind)]);
        if (Kind == StorageKind.File && string.IsNullOrWhiteSpace(Data))
            yield return new ValidationResult("File stores need a data folder.", [nameof(Data)]);
        if (Kind == StorageKind.Redis && string.IsNullOrWhiteSpace(Redis))
            yield return new ValidationResult("Redis stores need a connection string.", [nameof(Redis)]);
    }
}
